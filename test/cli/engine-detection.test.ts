import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import type { EngineState } from "../../src/engine/engine-states.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { environmentWithNpm, INSTALLS } from "../support/fake-npm.ts";
import { startHttpServer } from "../support/http-server.ts";
import { startModelServer } from "../support/model-server/model-server.ts";
import { startTranslatingServer } from "../support/model-server/translating.ts";
import { NO_OLLAMA } from "../support/provider-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const KEY = "planted-key-77";

interface Machine {
  readonly ollamaUrl?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

async function fbtr(
  dir: TempDir,
  args: readonly string[],
  { ollamaUrl = NO_OLLAMA, environment = {} }: Machine,
) {
  const surroundings = surroundingsIn(dir, { ollamaUrl });
  Object.assign(surroundings.environment, environment);
  const terminal = capturedTerminal();
  const status = await run(args, terminal, surroundings);
  return { status, out: terminal.out, error: terminal.error };
}

async function statesOn(dir: TempDir, machine: Machine): Promise<readonly EngineState[]> {
  const { out } = await fbtr(dir, ["engines", "list", "--json"], machine);
  return JSON.parse(out) as EngineState[];
}

const stateOf = (states: readonly EngineState[], wanted: string) =>
  states.find(({ name }) => name === wanted);

const chosenOf = (states: readonly EngineState[]) => states.find(({ chosen }) => chosen)?.name;

describe("where the user names no engine", () => {
  it("an Ollama that answers is taken, with its largest model, and says so", async () => {
    await using dir = await tempDir();
    await using server = await startModelServer({ answer: () => "", models: ["a:8b", "b:27b"] });
    const machine = { ollamaUrl: server.url };
    const states = await statesOn(dir, machine);
    expect(chosenOf(states)).toBe("ollama");
    expect(stateOf(states, "ollama")).toMatchObject({ ready: true, model: "b:27b" });
    await writeFile(dir.file("a.fb2"), bookOf("Дом", ["дом"]));
    const { out } = await fbtr(dir, ["translate", dir.file("a.fb2"), "--dry-run"], machine);
    expect(out).toContain(
      `ollama b:27b (Ollama answers at ${server.url}, b:27b is the largest model it has)`,
    );
  });

  it("the model that OLLAMA_MODEL names is the one that translates", async () => {
    await using dir = await tempDir();
    await using server = await startTranslatingServer({ translate: () => "Кућа." });
    const machine = { ollamaUrl: server.url, environment: { OLLAMA_MODEL: "a:8b" } };
    await writeFile(dir.file("a.fb2"), bookOf("Дом", ["Дом."]));
    const { status } = await fbtr(dir, ["translate", dir.file("a.fb2")], machine);
    expect(status).toBe(0);
    expect(new Set(server.requests.map(({ model }) => model))).toEqual(new Set(["a:8b"]));
  });

  it("an Ollama that is found goes by what is said of all models", async () => {
    await using dir = await tempDir();
    await using server = await startTranslatingServer({
      translate: () => "Кућа.",
      models: ["a:8b"],
    });
    await writeFile(dir.file("a.fb2"), bookOf("Дом", ["Дом."]));
    await writeFile(dir.file("c.yaml"), "translation: { temperature: 0.9, max_tokens: 77 }");
    const machine = { ollamaUrl: server.url, environment: { CONFIG_FILE: dir.file("c.yaml") } };
    expect((await fbtr(dir, ["translate", dir.file("a.fb2")], machine)).status).toBe(0);
    expect(server.requests[0]).toMatchObject({ temperature: 0.9, maxOutputTokens: 77 });
  });

  it("a key is worth more than an Ollama", async () => {
    await using dir = await tempDir();
    await using server = await startModelServer({ answer: () => "", models: ["a:8b"] });
    const environment = { DEEPSEEK_API_KEY: KEY };
    await writeFile(dir.file("a.fb2"), bookOf("Дом", ["дом"]));
    const machine = { ollamaUrl: server.url, environment };
    const { out } = await fbtr(dir, ["translate", dir.file("a.fb2"), "--dry-run"], machine);
    expect(out).toMatch(/^Engine +deepseek \S+ \(there is a key for DeepSeek\)$/mu);
  });

  it("an Ollama without a model, or switched off, is passed over", async () => {
    await using dir = await tempDir();
    await using empty = await startModelServer({ answer: () => "", models: [] });
    expect(chosenOf(await statesOn(dir, { ollamaUrl: empty.url }))).toBe("draft");
    let calls = 0;
    await using server = await startHttpServer((_, response) => {
      calls += 1;
      response.end('{"models":[{"name":"a:8b"}]}');
    });
    const environment = { OLLAMA_ENABLED: "false" };
    const states = await statesOn(dir, { ollamaUrl: server.url, environment });
    expect(chosenOf(states)).toBe("draft");
    expect(stateOf(states, "ollama")?.note).toMatch(/^switched off /u);
    expect(calls).toBe(0);
  });

  it("a server that hangs, or is something else, is not waited for", async () => {
    await using dir = await tempDir();
    await using hanging = await startHttpServer(() => undefined);
    const began = performance.now();
    expect(chosenOf(await statesOn(dir, { ollamaUrl: hanging.url }))).toBe("draft");
    expect(performance.now() - began).toBeLessThan(3000);
    await using other = await startHttpServer((_, response) => response.end("<html>Hello</html>"));
    expect(chosenOf(await statesOn(dir, { ollamaUrl: other.url }))).toBe("draft");
  });

  it("an Ollama that the user has set up may take its time", async () => {
    await using dir = await tempDir();
    await using slow = await startHttpServer((_, response) => {
      setTimeout(() => response.end('{"models":[{"name":"a:8b"}]}'), 600);
    });
    const environment = { OLLAMA_ENABLED: "true" };
    const states = await statesOn(dir, { ollamaUrl: slow.url, environment });
    expect(stateOf(states, "ollama")).toMatchObject({ chosen: true, model: "a:8b" });
  });

  it("llama.cpp is taken where it is installed and has a model, and says what it lacks", async () => {
    await using dir = await tempDir();
    const llama = async () => stateOf(await statesOn(dir, {}), "llama");
    expect((await llama())?.note).toBe("not installed (fbtr engines install llama)");
    const environment = await environmentWithNpm(dir, INSTALLS);
    await fbtr(dir, ["engines", "install", "llama", "--cpu-only"], { environment });
    expect((await llama())?.note).toBe("no model (fbtr engines pull <URL of a .gguf>)");
    await mkdir(dir.file("state/fbtr/models"), { recursive: true });
    await writeFile(dir.file("state/fbtr/models/a.gguf"), "");
    expect(await llama()).toMatchObject({ ready: true, chosen: true, model: "a.gguf" });
    await writeFile(dir.file("state/fbtr/models/b.gguf"), "");
    expect((await llama())?.note).toBe("several models (--model a.gguf or b.gguf)");
  });
});

it("a number of threads alone does not put llama before an Ollama", async () => {
  await using dir = await tempDir();
  await using server = await startModelServer({ answer: () => "", models: ["a:8b"] });
  const npm = await environmentWithNpm(dir, INSTALLS);
  await fbtr(dir, ["engines", "install", "llama", "--cpu-only"], { environment: npm });
  await mkdir(dir.file("state/fbtr/models"), { recursive: true });
  await writeFile(dir.file("state/fbtr/models/a.gguf"), "");
  const threads = { ollamaUrl: server.url, environment: { THREADS: "2" } };
  expect(chosenOf(await statesOn(dir, threads))).toBe("ollama");
  const environment = { MODEL_PATH: dir.file("state/fbtr/models/a.gguf") };
  expect(chosenOf(await statesOn(dir, { ...threads, environment }))).toBe("llama");
});

it("an engine that is not installed is told in one line with the command to run", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), bookOf("Дом", ["дом"]));
  const args = ["translate", dir.file("a.fb2"), "--engine", "llama", "--quiet"];
  const { status, error } = await fbtr(dir, args, {});
  expect(status).toBe(14);
  expect(error).toContain("llama is not set up: not installed (fbtr engines install llama)\n");
});

it("the file that older configurations name for llama.cpp is the one of llama", async () => {
  await using dir = await tempDir();
  const npm = await environmentWithNpm(dir, INSTALLS);
  await fbtr(dir, ["engines", "install", "llama", "--cpu-only"], { environment: npm });
  const environment = { MODEL_PATH: dir.file("none.gguf"), THREADS: "2" };
  const states = await statesOn(dir, { environment });
  expect(stateOf(states, "llama")?.note).toBe(
    `no model file ${dir.file("none.gguf")} (fbtr engines pull)`,
  );
});

describe("the login of qwen-code", () => {
  async function logIn(dir: TempDir): Promise<void> {
    await mkdir(dir.file(".qwen"));
    const login = { access_token: "planted-access", refresh_token: "planted-refresh" };
    await writeFile(dir.file(".qwen/oauth_creds.json"), JSON.stringify(login));
  }

  it("is found in the user's home folder, and taken only where somebody speaks of it", async () => {
    await using dir = await tempDir();
    await logIn(dir);
    const states = await statesOn(dir, {});
    expect(stateOf(states, "qwen-oauth")).toMatchObject({ ready: true, chosen: false });
    const environment = { QWEN_CLIENT_ID: "own", QWEN_CLIENT_SECRET: KEY };
    const { out } = await fbtr(dir, ["engines", "list", "--json"], { environment });
    expect(chosenOf(JSON.parse(out) as EngineState[])).toBe("qwen-oauth");
    expect(out).not.toContain(KEY);
  });

  it("is left alone with SKIP_QWEN_OAUTH", async () => {
    await using dir = await tempDir();
    await logIn(dir);
    const states = await statesOn(dir, { environment: { SKIP_QWEN_OAUTH: "1" } });
    expect(stateOf(states, "qwen-oauth")).toMatchObject({
      ready: false,
      chosen: false,
      note: "its login is left alone (SKIP_QWEN_OAUTH)",
    });
  });
});
