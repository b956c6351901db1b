import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import {
  startTranslatingServer,
  type Misbehaviour,
  type TranslatingServerOptions,
} from "../support/model-server/translating.ts";
import type { ModelRequest } from "../support/model-server/wire-protocol.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

/** Of no shape that is known for a key: only who knows it can find it. */
const KEY = "planted.value/of+the=key";
const OTHER_KEY = "planted.value/of+another=key";
const PASSWORD = "planted-password";
const PARAMETER = "planted-parameter";
const SECRETS = [KEY, OTHER_KEY, PASSWORD, PARAMETER];

/** How the key comes to fbtr: what the environment and the file say of a provider. */
interface Plan {
  readonly engine: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly provider: (address: string) => Readonly<Record<string, unknown>>;
  /** Leaves the login of another program for that server. */
  readonly logIn?: (address: string) => Promise<void>;
  /** Home folder of the user. */
  readonly home?: string;
}

const byEnvironment: Plan = {
  engine: "deepseek",
  environment: { DEEPSEEK_API_KEY: KEY },
  provider: (address) => ({ base_url: `http://${address}/v1` }),
};
const byFile: Plan = {
  engine: "openai-compatible",
  environment: {},
  provider: (address) => ({
    base_url: `http://${address}/v1`,
    model: "m",
    api_key: `${KEY},${OTHER_KEY}`,
  }),
};
const PLANS: readonly (readonly [where: string, plan: Plan])[] = [
  ["in the environment", byEnvironment],
  ["in the configuration", byFile],
];

/** The bytes of all files below a folder, one after the other. */
async function filesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  return texts.join("\n");
}

async function configured(
  dir: TempDir,
  { engine, environment, provider, home }: Plan,
  address: string,
) {
  const config = { translation: { providers: { [engine]: provider(address) } } };
  await writeFile(dir.file("config.json"), JSON.stringify(config), { mode: 0o600 });
  const surroundings = surroundingsIn(dir, { home: home ?? dir.path });
  Object.assign(surroundings.environment, environment, { CONFIG_FILE: dir.file("config.json") });
  return surroundings;
}

/** Runs fbtr as planned; returns its exit status and all that it has said and left behind. */
async function traceOf(
  plan: Plan,
  misbehave: TranslatingServerOptions["misbehave"] & {},
  args: (dir: TempDir) => readonly string[],
) {
  await using dir = await tempDir();
  await using server = await startTranslatingServer({
    translate: () => "Падао је снег.",
    misbehave,
  });
  const address = server.url.replace("http://", "");
  const surroundings = await configured(dir, plan, address);
  await plan.logIn?.(address);
  await writeFile(dir.file("book.fb2"), bookOf("Снег", ["Шёл снег."]));
  const terminal = capturedTerminal();
  const status = await run(args(dir), terminal, surroundings);
  await writeFile(dir.file("config.json"), "");
  const trace = terminal.out + terminal.error + (await filesIn(dir.path));
  return { status, said: terminal.out + terminal.error, trace, requests: server.requests };
}

const translating =
  ({ engine }: Plan, ...options: readonly string[]) =>
  (dir: TempDir) => ["translate", dir.file("book.fb2"), "--engine", engine, ...options];

/** A server that repeats what it was sent wherever it can. */
const echo = ({ key = "", headers }: ModelRequest) =>
  `who sends ${key} as authorization: ${headers.authorization} is not welcome`;

const FAULTS: readonly (readonly [
  what: string,
  fault: (request: ModelRequest) => Misbehaviour | undefined,
])[] = [
  ["401", (request) => ({ kind: "status", status: 401, message: echo(request) })],
  ["400", (request) => ({ kind: "status", status: 400, message: echo(request) })],
  [
    "429",
    (request) => ({
      kind: "status",
      status: 429,
      headers: { "retry-after": "2000", "x-echo": request.key ?? "" },
      message: echo(request),
    }),
  ],
  [
    "500 at first",
    (request) =>
      request.number === 0 ? { kind: "status", status: 500, message: echo(request) } : undefined,
  ],
  [
    "a proxy's page",
    (request) => ({ kind: "status", status: 403, html: true, message: echo(request) }),
  ],
  [
    "failures inside the stream at first",
    (request) =>
      request.number < 4 ? { kind: "failure", afterChars: 3, message: echo(request) } : undefined,
  ],
  [
    "a stream that is cut at first",
    ({ number }) => (number === 0 ? { kind: "cut", afterChars: 3 } : undefined),
  ],
  ["an answer that repeats the key", (request) => ({ kind: "say", text: echo(request) })],
];

function expectNoSecret(trace: string): void {
  for (const secret of SECRETS) expect(trace).not.toContain(secret);
}

describe.each(PLANS)("a key %s", (_, plan) => {
  it.each([[[]], [["--json"]], [["--quiet"]], [["--dry-run"]]])(
    "is in nothing that a good run says or keeps, with %j",
    async (options) => {
      const { status, trace, requests } = await traceOf(
        plan,
        () => undefined,
        translating(plan, ...options),
      );
      expect(status).toBe(0);
      for (const { key } of requests) expect(key).toBe(KEY);
      expectNoSecret(trace);
    },
  );

  it.each(FAULTS)("is in nothing that is said or kept of %s", async (_what, fault) => {
    for (const options of [[], ["--json"]]) {
      const { said, trace, requests } = await traceOf(plan, fault, translating(plan, ...options));
      expect(requests[0]?.key).toBe(KEY);
      expect(said).not.toBe("");
      expectNoSecret(trace);
    }
  });

  it.each([
    ["engines", "list"],
    ["engines", "list", "--json"],
    ["engines", "test", plan.engine],
    ["config", "show"],
    ["config", "explain", `translation.providers.${plan.engine}.api_key`],
    ["config", "validate"],
  ])("is not told by fbtr %s %s %s", async (...args) => {
    const { said, trace } = await traceOf(
      plan,
      (request) => ({ kind: "status", status: 401, message: echo(request) }),
      () => args.filter((arg) => arg !== undefined),
    );
    expect(said).not.toBe("");
    expectNoSecret(trace);
  });
});

it.each([
  ["a password", (address: string) => `http://user:${PASSWORD}@${address}/v1`],
  ["a parameter", (address: string) => `http://${address}/v1?key=${PARAMETER}`],
])(
  "%s in the address of a provider is told to nobody",
  { timeout: 60_000 },
  async (_, addressed) => {
    const plan: Plan = {
      engine: "openai-compatible",
      environment: {},
      provider: (address) => ({ base_url: addressed(address), model: "m" }),
    };
    const translate = translating(plan, "--fallback", "draft", "--json");
    for (const args of [translate, () => ["config", "show"], () => ["engines", "list"]]) {
      const { said, trace } = await traceOf(plan, () => undefined, args);
      expect(said).not.toBe("");
      expectNoSecret(trace);
    }
  },
);

describe("the login of another program", () => {
  // Not 401: fbtr would renew the login at Qwen itself.
  const faults = FAULTS.filter(([what]) => what !== "401" && what !== "a proxy's page");

  it.each([["a good answer", () => undefined] as const, ...faults])(
    "is in nothing that is said or kept of %s",
    async (_, fault) => {
      await using home = await tempDir();
      const logIn = async (address: string) => {
        const tokens = { access_token: KEY, refresh_token: OTHER_KEY, token_type: "Bearer" };
        const login = {
          ...tokens,
          resource_url: `http://${address}`,
          expiry_date: Date.now() + 1e8,
        };
        await mkdir(home.file(".qwen"), { recursive: true });
        await writeFile(home.file(".qwen/oauth_creds.json"), JSON.stringify(login));
      };
      const plan: Plan = {
        engine: "qwen-oauth",
        environment: {},
        provider: () => ({}),
        logIn,
        home: home.path,
      };
      for (const options of [[], ["--json"]]) {
        const { said, trace, requests } = await traceOf(plan, fault, translating(plan, ...options));
        expect(requests[0]?.key).toBe(KEY);
        expect(said).not.toBe("");
        expectNoSecret(trace);
      }
    },
  );
});
