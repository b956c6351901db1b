import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { WebSocket } from "ws";

import { bookOf } from "../support/cli-surroundings.ts";
import { DAEMON_ANSWERS } from "../support/daemon-answers.ts";
import { environmentIn, eventsUntil, startDaemon, type Daemon } from "../support/daemon.ts";
import {
  http1OverSocket,
  http1OverTls,
  http2On,
  http2OverSocket,
  http2OverTls,
  type Ask,
} from "../support/http-clients.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const BOOK = bookOf("Повесть", ["Дверь открылась."]);
const PROTOCOLS = ["HTTP/1.1", "h2c", "HTTP/1.1 with TLS", "HTTP/2 with TLS"] as const;

let dir: TempDir;
let daemon: Daemon;
const clients = new Map<(typeof PROTOCOLS)[number], Ask>();
const sessions: ReturnType<typeof http2OverSocket>[] = [];

function fbtr(env: NodeJS.ProcessEnv, ...args: string[]): string {
  return execFileSync(process.execPath, [MAIN, ...args], { env, cwd: dir.path, encoding: "utf8" });
}

beforeAll(async () => {
  dir = await tempDir();
  const env = await environmentIn(dir);
  await writeFile(dir.file("fbtr.config.json"), '{"security": {"rate_limit_rps": 0}}');
  fbtr(env, "daemon", "run", "--generate-certs");
  const token = fbtr(env, "tokens", "create", "test", "--scope", "admin").trim();
  daemon = await startDaemon(dir, { env });
  const ca = await readFile(dir.file("certs/server.crt"), "utf8");
  const port = Number(new URL(daemon.address).port);
  const headers = { authorization: `Bearer ${token}` };
  const [plain, secure] = [http2OverSocket(daemon.socket), http2OverTls(port, ca)];
  sessions.push(plain, secure);
  clients.set("HTTP/1.1", http1OverSocket(daemon.socket));
  clients.set("h2c", http2On(plain));
  clients.set("HTTP/1.1 with TLS", http1OverTls(port, ca, headers));
  clients.set("HTTP/2 with TLS", http2On(secure, headers));
});

afterAll(async () => {
  for (const session of sessions) session.destroy();
  await daemon[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

function clientOf(protocol: (typeof PROTOCOLS)[number]): Ask {
  const ask = clients.get(protocol);
  if (!ask) throw new Error(`no client for ${protocol}`);
  return ask;
}

const TABLE = PROTOCOLS.flatMap((protocol) =>
  DAEMON_ANSWERS.map(
    ([method, path, body, wanted]) => [method, path, protocol, body, wanted] as const,
  ),
);

describe("every route", () => {
  it.each(TABLE)("answers %s %s over %s", async (method, path, protocol, body, wanted) => {
    const json = { "content-type": "application/json" };
    const request = body === undefined ? {} : { headers: json, body: JSON.stringify(body) };
    const answer = await clientOf(protocol)({ method, path, ...request });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual(wanted);
  });

  it.each(PROTOCOLS)("takes a book and streams it back over %s", async (protocol) => {
    const answer = await clientOf(protocol)({
      method: "POST",
      path: "/api/v1/translate/fb2?name=a.fb2",
      headers: { "content-type": "application/octet-stream" },
      body: BOOK,
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("<p>Врата су се отворила.</p>");
  });

  it.each(PROTOCOLS)("tells of errors over %s", async (protocol) => {
    const answer = await clientOf(protocol)({ method: "GET", path: "/api/v1/jobs/none" });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "JOB_UNKNOWN" });
  });

  it("streams events over HTTP/2, and lives on when the reader goes away", async () => {
    for (const session of sessions) {
      const headers = session.encrypted ? await headersOf() : {};
      const stream = session.request({ ":path": "/api/v1/events?since=0", ...headers });
      const [chunk] = (await once(stream, "data")) as [Buffer];
      expect(JSON.parse(chunk.toString().split("\n")[0] ?? "")).toHaveProperty("id");
      stream.close();
    }
    expect(await daemon.json("/health")).toMatchObject({ status: "healthy" });
  });
});

it("speaks WebSocket on the port with TLS", async () => {
  const ca = await readFile(dir.file("certs/server.crt"), "utf8");
  const url = `${daemon.address.replace("https", "wss")}/ws?since=0`;
  const client = new WebSocket(url, { ca, headers: await headersOf() });
  const [event] = await eventsUntil(client, () => true);
  client.terminate();
  expect(event).toHaveProperty("type");
});

async function headersOf(): Promise<Record<string, string>> {
  const env = await environmentIn(dir);
  return {
    authorization: `Bearer ${fbtr(env, "tokens", "create", "reader", "--scope", "read").trim()}`,
  };
}
