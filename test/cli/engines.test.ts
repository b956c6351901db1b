import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";

import { expect, it, vi } from "vitest";

import { run } from "../../src/cli/program.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { environmentWithNpm, INSTALLS } from "../support/fake-npm.ts";
import { startHttpServer } from "../support/http-server.ts";
import { PULLABLE } from "../support/model-server/model-library.ts";
import { startModelServer } from "../support/model-server/model-server.ts";
import { startTranslatingServer } from "../support/model-server/translating.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const KEY = "sk-planted-secret-0002";

async function engines(dir: TempDir, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const surroundings = surroundingsIn(dir, { loadDraftEngine: createDraftEngine });
  Object.assign(surroundings.environment, environment);
  const terminal = capturedTerminal();
  const status = await run(["engines", ...args], terminal, surroundings);
  expect(terminal.out + terminal.error).not.toContain(KEY);
  return { status, out: terminal.out, error: terminal.error };
}

it("without any setting the draft engine is the one that is taken", async () => {
  await using dir = await tempDir();
  const { out, status } = await engines(dir, ["list"]);
  expect(status).toBe(0);
  expect(out).toMatch(/^draft +taken/mu);
  expect(out).toMatch(/^openai .* no key \(OPENAI_API_KEY\)$/mu);
});

it("a key in the environment makes its engine the one that is taken", async () => {
  await using dir = await tempDir();
  const { out } = await engines(dir, ["list", "--json"], { ANTHROPIC_API_KEY: KEY });
  const states = JSON.parse(out) as { name: string; ready: boolean; chosen: boolean }[];
  expect(states.filter(({ ready }) => ready).map(({ name }) => name)).toEqual([
    "anthropic",
    "draft",
  ]);
  expect(states.find(({ chosen }) => chosen)?.name).toBe("anthropic");
});

it("the draft engine passes its test", async () => {
  await using dir = await tempDir();
  const { out, status } = await engines(dir, ["test", "draft"]);
  expect(status).toBe(0);
  expect(out).toMatch(/draft: fit to translate \(.* characters a second\)/u);
});

it("a model that repeats the source is not fit, and the fault is named", async () => {
  await using dir = await tempDir();
  await using server = await startTranslatingServer({ translate: (text) => text });
  const provider = { base_url: server.baseUrl("openai-chat"), api_key: KEY, model: "echo" };
  const config = { translation: { providers: { "openai-compatible": provider } } };
  await writeFile(dir.file("config.json"), JSON.stringify(config), { mode: 0o600 });
  const environment = { CONFIG_FILE: dir.file("config.json") };
  const { out, status } = await engines(dir, ["test", "openai-compatible"], environment);
  expect(status).toBe(14);
  expect(out).toContain("FAULT: letters that Serbian does not have: Старый, князь");
  expect(out).toContain("openai-compatible: not fit");
});

it("a login of another program is missed until it is there", async () => {
  await using dir = await tempDir();
  const { out } = await engines(dir, ["list"]);
  expect(out).toMatch(/^qwen-oauth .* no login \(log in with qwen-code\)$/mu);
});

async function withOllama(dir: TempDir, url: string) {
  const config = { translation: { providers: { ollama: { base_url: url } } } };
  await writeFile(dir.file("config.json"), JSON.stringify(config), { mode: 0o600 });
  return { CONFIG_FILE: dir.file("config.json") };
}

it("Ollama downloads a model and tells how far it is", async () => {
  await using dir = await tempDir();
  await using server = await startModelServer({ answer: () => "" });
  const environment = await withOllama(dir, server.url);
  const { out, error, status } = await engines(dir, ["pull", PULLABLE], environment);
  expect(status).toBe(0);
  expect(error).toMatch(/^pulling manifest$[^]*: 50 % of \d+ MiB$[^]*: 100 % of/mu);
  expect(out).toContain(`--engine ollama --model ${PULLABLE}`);
});

it("a model that Ollama does not know is a failed engine", async () => {
  await using dir = await tempDir();
  await using server = await startModelServer({ answer: () => "" });
  const environment = await withOllama(dir, server.url);
  const { error, status } = await engines(dir, ["pull", "no-such"], environment);
  expect(status).toBe(14);
  expect(error).toContain("ollama no-such");
});

it("llama is installed once, and its size is told before", async () => {
  await using dir = await tempDir();
  const environment = await environmentWithNpm(dir, INSTALLS);
  const args = ["install", "llama", "--cpu-only"];
  const { status, out, error } = await engines(dir, args, environment);
  expect(status).toBe(0);
  expect(error).toMatch(/^node-llama-cpp [\d.]+, about 80 MB, into .*llama$/mu);
  expect(out).toMatch(/^llama is installed \(/u);
  const again = await engines(dir, [...args, "--json"], environment);
  expect(JSON.parse(again.out)).toMatchObject({ isCpuOnly: true, isNew: false });
  expect(again.error).toBe("");
});

it("a token of Hugging Face goes to Hugging Face and nowhere else", async () => {
  await using dir = await tempDir();
  const asked: (readonly [host: string, token: string | null])[] = [];
  vi.stubGlobal("fetch", (url: string, { headers }: { readonly headers: Headers }) => {
    asked.push([new URL(url).host, headers.get("authorization")]);
    return Promise.resolve(new Response(undefined, { status: 401 }));
  });
  try {
    const hosts = ["https://huggingface.co", "http://huggingface.co", "https://example.org"];
    for (const host of hosts) {
      const { status, error } = await engines(dir, ["pull", `${host}/m.gguf`], { HF_TOKEN: KEY });
      expect(status).toBe(14);
      expect(error).toContain("set HF_TOKEN");
    }
  } finally {
    vi.unstubAllGlobals();
  }
  expect(asked).toEqual([
    ["huggingface.co", `Bearer ${KEY}`],
    ["huggingface.co", null],
    ["example.org", null],
  ]);
});

/** A server that has one model file, and counts how often it was asked. */
async function startFileServer() {
  const file = Buffer.concat([Buffer.from("GGUF\u0003\0\0\0"), Buffer.alloc(100_000)]);
  let calls = 0;
  const server = await startHttpServer((_, response) => {
    calls += 1;
    response.writeHead(200, { "content-length": file.length }).end(file);
  });
  return {
    url: `${server.url}/m%20x.gguf`,
    sha256: createHash("sha256").update(file).digest("hex"),
    calls: () => calls,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

it("a model is downloaded from the URL of the configuration, and is kept when it is there", async () => {
  await using dir = await tempDir();
  await using server = await startFileServer();
  const environment = {
    FBTR_LLAMA_MODEL_URL: server.url,
    FBTR_LLAMA_MODEL_SHA256: server.sha256.toUpperCase(),
  };
  const { out, error, status } = await engines(dir, ["pull"], environment);
  expect(status).toBe(0);
  expect(error).toContain("m%20x.gguf: 100 % of");
  expect(out).toContain("--engine llama --model m%20x.gguf");
  expect(await readdir(dir.file("state/fbtr/models"))).toEqual(["m%20x.gguf"]);
  await engines(dir, ["pull"], environment);
  expect(server.calls()).toBe(1);
});

it("a download that Ctrl-C stops keeps what it has, and goes on the next time", async () => {
  await using dir = await tempDir();
  const file = Buffer.concat([Buffer.from("GGUF\u0003\0\0\0"), Buffer.alloc(300_000)]);
  const sha256 = createHash("sha256").update(file).digest("hex");
  const ranges: (string | undefined)[] = [];
  await using server = await startHttpServer((request, response) => {
    ranges.push(request.headers.range);
    const begin = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
    response.writeHead(begin > 0 ? 206 : 200, { "content-length": file.length - begin });
    if (begin > 0) response.end(file.subarray(begin));
    else response.write(file.subarray(0, 100_000));
  });
  const pull = async () => {
    const surroundings = surroundingsIn(dir);
    const terminal = capturedTerminal();
    const writeError = (text: string) => {
      terminal.writeError(text);
      if (ranges.length === 1 && text.includes(": 30 %"))
        surroundings.signals.emit("SIGINT", "SIGINT");
    };
    const args = ["engines", "pull", `${server.url}/m.gguf`, "--sha256", sha256];
    return run(args, { ...terminal, writeError }, surroundings);
  };
  expect(await pull()).toBe(130);
  expect(await readdir(dir.file("state/fbtr/models"))).toEqual(["m.gguf.part"]);
  expect(await pull()).toBe(0);
  expect(await readdir(dir.file("state/fbtr/models"))).toEqual(["m.gguf"]);
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/u)]);
});

it("a model with another checksum is refused", async () => {
  await using dir = await tempDir();
  await using server = await startFileServer();
  const args = ["pull", server.url, "--sha256", "0".repeat(64)];
  const { status, error } = await engines(dir, args);
  expect(status).toBe(14);
  expect(error).toMatch(/checksum/u);
  expect(await readdir(dir.file("state/fbtr/models"))).toEqual([]);
});

it.each([
  [["pull"], "no model to download"],
  [["pull", "https://example.org/m.gguf?token=x"], "without user, password and query"],
  [["pull", "https://example.org/m.zip"], "of a .gguf file"],
  [["pull", "https://example.org/m.gguf", "--sha256", "12"], "64 hexadecimal digits"],
  [["pull", "gemma3", "--sha256", "0".repeat(64)], "goes with the URL"],
])("%j is wrong usage", async (args, message) => {
  await using dir = await tempDir();
  const { status, error } = await engines(dir, args);
  expect(status).toBe(2);
  expect(error).toContain(message);
});
