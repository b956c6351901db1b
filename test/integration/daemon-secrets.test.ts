import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { fetch, type RequestInit } from "undici";
import { expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import { TokenStore } from "../../src/server/access/token-store.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { startDaemon, type Daemon } from "../support/daemon.ts";
import { startTranslatingServer } from "../support/model-server/translating.ts";
import type { ModelRequest } from "../support/model-server/wire-protocol.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

/** Of no shape that is known for a key: only who knows them can find them. */
const KEY = "planted.value/of+the=key";
const ENVIRONMENT_KEY = "planted.value/of+the=environment";
const JWT_SECRET = "planted-secret-of-json-web-tokens-in-the-file";
const GUESS = "planted-guess-of-a-token";
const NEW_KEY = "planted.value/of+the=new-key";
const BODY_KEY = "planted-in-a-body-that-is-refused";
const SECRETS = [KEY, ENVIRONMENT_KEY, JWT_SECRET, GUESS, NEW_KEY, BODY_KEY];

const API_KEY = "translation.providers.openai-compatible.api_key";

/** A server that repeats what it was sent wherever it can. */
const echo = ({ key = "", headers }: ModelRequest) =>
  `who sends ${key} as authorization: ${headers.authorization} is not welcome`;

function configurationFor(address: string) {
  const provider = { base_url: `${address}/v1`, model: "m" };
  return {
    security: { jwt_secret: JWT_SECRET },
    translation: {
      providers: { "openai-compatible": { ...provider, api_key: KEY }, deepseek: provider },
    },
  };
}

/** The bytes of all files below a folder, each under its name. */
async function filesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => {
      return `${name}: ${await readFile(join(parentPath, name), "latin1")}`;
    });
  return (await Promise.all(texts)).join("\n");
}

/** All that a client is told: status, headers and body of every answer. */
function listenerTo(daemon: Daemon) {
  const told: string[] = [];
  const ask = async (path: string, options: RequestInit = {}, origin?: string) => {
    const answer =
      origin === undefined
        ? await daemon.fetch(path, options)
        : await fetch(`${origin}${path}`, options);
    const headers = JSON.stringify([...answer.headers]);
    told.push(`${options.method ?? "GET"} ${path}: ${answer.status} ${headers}`);
    told.push(await answer.text());
    return answer.status;
  };
  const send = async (path: string, body: unknown, method = "POST") =>
    ask(path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return { told, ask, send };
}

async function bookHasEnded(daemon: Daemon, session: string): Promise<void> {
  const status = async () =>
    ((await daemon.json(`/api/v1/status/${session}`)) as { status: string }).status;
  await expect.poll(status, { timeout: 30_000 }).toMatch(/done|failed|incomplete/);
}

async function everyRoute({ daemon, ask, send, token }: Parameters<typeof handIn>[0]) {
  for (const path of ["/", "/health", "/api/v1/config", "/api/v1/providers", "/api/v1/stats"]) {
    expect(await ask(path)).toBe(200);
  }
  for (const engine of ["openai-compatible", "deepseek"]) {
    const wish = { text: "Шёл снег.", provider: engine };
    expect(await send("/api/v1/translate/string", wish)).toBeGreaterThanOrEqual(400);
    await send("/api/v1/translate/validate", wish);
  }
  expect(await send("/api/v1/translate/string", { text: 5, api_key: BODY_KEY })).toBe(400);
  const wrong = { [API_KEY]: { value: BODY_KEY } };
  expect(await send("/api/v1/config", wrong, "PATCH")).toBe(400);
  const authorization = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
  expect(await ask("/api/v1/stats", authorization(GUESS), daemon.address)).toBe(401);
  expect(await ask("/api/v1/stats", authorization(token), daemon.address)).toBe(200);
  const apiKey = { headers: { "x-api-key": GUESS } };
  expect(await ask("/api/v1/stats", apiKey, daemon.address)).toBe(401);
}

async function handIn({
  daemon,
  ask,
}: ReturnType<typeof listenerTo> & { readonly daemon: Daemon; readonly token: string }) {
  const headers = { "content-type": "application/octet-stream", "x-session-id": "mine" };
  const path = "/api/v1/jobs?name=book.fb2&provider=openai-compatible";
  const body = bookOf("Снег", ["Шёл снег."]);
  expect(await ask(path, { method: "POST", headers, body })).toBe(201);
  await bookHasEnded(daemon, "mine");
  await ask("/api/v1/jobs");
}

/** What the daemon has told, printed, and left behind in its folders. */
async function traceIn(dir: TempDir, misbehave: "status" | "failure"): Promise<string> {
  await using server = await startTranslatingServer({
    translate: () => "Падао је снег.",
    misbehave: (request) =>
      misbehave === "status"
        ? { kind: "status", status: 401, message: echo(request) }
        : { kind: "failure", afterChars: 3, message: echo(request) },
  });
  await writeFile(dir.file("config.json"), JSON.stringify(configurationFor(server.url)), {
    mode: 0o600,
  });
  const { token } = new TokenStore(dir.file("state/fbtr"), systemClock).create("t", "read");
  const env = { CONFIG_FILE: dir.file("config.json"), DEEPSEEK_API_KEY: ENVIRONMENT_KEY };
  const printed: string[] = [];
  const listener = await (async () => {
    await using daemon = await startDaemon(dir, { env });
    daemon.process.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    const heard = listenerTo(daemon);
    await everyRoute({ ...heard, daemon, token });
    await handIn({ ...heard, daemon, token });
    expect(await heard.send("/api/v1/config", { [API_KEY]: NEW_KEY }, "PATCH")).toBe(200);
    return heard;
  })();
  expect(server.requests.map(({ key }) => key)).toContain(KEY);
  await rm(dir.file("config.json"));
  const files = await filesIn(dir.path);
  expect(files).not.toContain(token);
  return [...listener.told, ...printed, files].join("\n");
}

it.each(["status", "failure"] as const)(
  "no secret is in what the daemon tells, prints or keeps, with engines that echo it (%s)",
  async (misbehave) => {
    await using dir = await tempDir();
    const trace = await traceIn(dir, misbehave);
    expect(trace).toContain("events.sqlite");
    expect(trace).toContain("audit.jsonl");
    for (const secret of SECRETS) {
      const at = trace.indexOf(secret);
      expect(at < 0 ? "" : trace.slice(Math.max(0, at - 300), at + 50)).toBe("");
    }
  },
  90_000,
);
