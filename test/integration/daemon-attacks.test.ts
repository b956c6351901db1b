import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";

import { TokenStore } from "../../src/server/access/token-store.ts";
import { systemClock } from "../../src/base/clock.ts";
import { startDaemon, type Daemon } from "../support/daemon.ts";
import { http2OverSocket } from "../support/http-clients.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { withFalseEntry, zipOf } from "../support/zips.ts";

const READ_SECONDS = 2;
/** A limit of two seconds, looked at each second, on a busy machine. */
const CUT_WITHIN_MS = 8000;
const MAX_UPLOAD = 2_000_000;

let dir: TempDir;
let daemon: Daemon;
let port: number;
let headers: Record<string, string>;

beforeAll(async () => {
  dir = await tempDir();
  const config = {
    server: { read_timeout: READ_SECONDS, max_upload_size: MAX_UPLOAD },
    security: { rate_limit_rps: 1000, rate_limit_burst: 1000 },
  };
  await writeFile(dir.file("fbtr.config.json"), JSON.stringify(config));
  const { token } = new TokenStore(dir.file("state/fbtr"), systemClock).create("test", "admin");
  headers = { authorization: `Bearer ${token}` };
  daemon = await startDaemon(dir);
  port = Number(new URL(daemon.address).port);
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
});

const asked = (path: string, options: RequestInit = {}) =>
  fetch(`${daemon.address}${path}`, {
    ...options,
    headers: { ...headers, ...(options.headers as Record<string, string>) },
  });

async function codeOf(answer: Response) {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}

/** Sends bytes as they are, and gives back all that comes until the end. */
async function raw(bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  // Who is refused in the middle of what it says hears of a reset, too.
  socket.on("error", () => socket.destroy());
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.end(bytes);
  // An error is told first; `once` would throw it.
  await new Promise((resolve) => socket.once("close", resolve));
  return text;
}

/** Sends a byte now and then until the other side ends it; how long that took, in milliseconds. */
async function drip(socket: Socket, first: string): Promise<number> {
  const began = performance.now();
  socket.on("error", () => socket.destroy());
  socket.resume();
  socket.write(first);
  const timer = setInterval(() => socket.write("x"), 200);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(timer);
  return performance.now() - began;
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${daemon.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}

describe("a daemon that is attacked", () => {
  it("refuses a name that is not its own, by which a page could reach it (DNS rebinding)", async () => {
    const answer = await raw(
      "GET /health HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    const socket = daemon.address.replace("http", "ws");
    const client = new WebSocket(`${socket}/ws`, {
      headers: { ...headers, host: "evil.example.com" },
    });
    const [error] = (await once(client, "error")) as [Error];
    expect(error.message).toContain("421");
  });

  it("refuses pages of other sites, also over WebSocket, and tells them nothing", async () => {
    const origin = { origin: "https://evil.example.com" };
    const answer = await asked("/api/v1/jobs", { headers: origin });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(await codeOf(answer)).toEqual([403, "ORIGIN_FORBIDDEN"]);
    const site = await asked("/api/v1/jobs", { headers: { "sec-fetch-site": "cross-site" } });
    expect(site.status).toBe(403);
    const client = new WebSocket(`${daemon.address.replace("http", "ws")}/ws`, {
      headers: { ...headers, ...origin },
    });
    const [error] = (await once(client, "error")) as [Error];
    expect(error.message).toContain("403");
  });

  it("takes no bodies that a page can send without being asked first", async () => {
    const text = {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: '{"text":"Он."}',
    };
    expect(await codeOf(await asked("/api/v1/translate", text))).toEqual([
      415,
      "MEDIA_TYPE_UNSUPPORTED",
    ]);
  });

  it("lets nobody in without a token, and slows those who guess", async () => {
    const bare = await fetch(`${daemon.address}/api/v1/jobs`);
    expect(bare.headers.get("www-authenticate")).toBe("Bearer");
    expect(await codeOf(bare)).toEqual([401, "AUTH_REQUIRED"]);
    const guess = async () => {
      const authorization = `Bearer fbtr_${"A".repeat(43)}`;
      return (await fetch(`${daemon.address}/api/v1/jobs`, { headers: { authorization } })).status;
    };
    const statuses = [];
    for (let count = 0; count < 14; count += 1) statuses.push(await guess());
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const audit = await readFile(dir.file("state/fbtr/audit.jsonl"), "utf8");
    expect(audit.match(/auth_failed/g)?.length).toBeGreaterThanOrEqual(10);
    expect(audit).not.toContain("AAAA");
    const { token } = new TokenStore(dir.file("state/fbtr"), systemClock).create("reader", "read");
    const reader = { authorization: `Bearer ${token}` };
    const stop = await fetch(`${daemon.address}/api/v1/daemon/stop`, {
      method: "POST",
      headers: reader,
    });
    expect(await codeOf(stop)).toEqual([403, "AUTH_FORBIDDEN"]);
  });

  it("cuts headers and bodies that drip over HTTP/1.1", async () => {
    const path = "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\n";
    const inHeaders = drip(connect(port, "127.0.0.1"), path);
    const body = `content-type: application/json\r\nauthorization: ${headers["authorization"]}\r\ncontent-length: 1000\r\n\r\n{`;
    const inBody = drip(connect(port, "127.0.0.1"), path + body);
    const beforeAnything = drip(connect(port, "127.0.0.1"), "");
    for (const took of await Promise.all([inHeaders, inBody, beforeAnything])) {
      expect(took).toBeLessThan(CUT_WITHIN_MS);
    }
  }, 30_000);

  it("cuts bodies that drip over HTTP/2, and connections that never begin", async () => {
    const session = http2OverSocket(daemon.socket);
    const began = performance.now();
    const stream = session.request({
      ":method": "POST",
      ":path": "/api/v1/translate",
      "content-type": "application/json",
    });
    stream.on("error", () => stream.close());
    const timer = setInterval(() => stream.write("x"), 200);
    await once(stream, "close");
    clearInterval(timer);
    expect(performance.now() - began).toBeLessThan(CUT_WITHIN_MS);
    session.destroy();
    const silent = connectHttp2(daemon.address, {
      createConnection: () => connect(port, "127.0.0.1"),
    });
    silent.on("error", () => silent.destroy());
    expect(await drip(connect(port, "127.0.0.1"), "PRI * HTTP/2.0\r\n")).toBeLessThan(
      CUT_WITHIN_MS,
    );
    silent.destroy();
  }, 30_000);

  it("stops reading a gigabyte at the limit, and keeps nothing of it", async () => {
    const before = await residentBytes();
    const octets = "content-type: application/octet-stream";
    const head = `POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n${octets}\r\nauthorization: ${headers["authorization"]}\r\n`;
    expect(await raw(`${head}content-length: 1000000000\r\n\r\n<`)).toMatch(/^HTTP\/1\.1 413 /);
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => socket.destroy());
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `f4240\r\n${"<".repeat(1_000_000)}\r\n`;
    let sent = 0;
    while (sent < 1_000_000_000 && !socket.destroyed) {
      sent += chunk.length;
      if (socket.write(chunk)) continue;
      await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => undefined);
    }
    socket.destroy();
    expect(sent).toBeLessThan(100_000_000);
    expect((await residentBytes()) - before).toBeLessThan(100_000_000);
    await expect.poll(() => readdir(dir.file("state/fbtr/books"))).toEqual([]);
  }, 60_000);

  it("refuses a long body of JSON", async () => {
    const body = JSON.stringify({ text: "ы".repeat(3_000_000) });
    const json = { "content-type": "application/json" };
    const answer = await asked("/api/v1/translate", { method: "POST", headers: json, body });
    expect(await codeOf(answer)).toEqual([413, "REQUEST_TOO_LARGE"]);
  });

  it("refuses JSON that is nested a hundred thousand times", async () => {
    const json = { "content-type": "application/json" };
    const body = `{"text":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const answer = await asked("/api/v1/translate", { method: "POST", headers: json, body });
    expect(await codeOf(answer)).toEqual([400, "USAGE_INVALID"]);
  });

  it("refuses a zip that becomes far too much, and a path as the name of a file", async () => {
    const bomb = withFalseEntry(await zipOf({ "book.fb2": "<FictionBook/>" }), { size: 2 ** 31 });
    const octets = { "content-type": "application/octet-stream" };
    const post = { method: "POST", headers: octets };
    const large = await asked("/api/v1/jobs", { ...post, body: new Uint8Array(bomb) });
    expect(await codeOf(large)).toEqual([413, "BOOK_TOO_LARGE"]);
    const book =
      '<?xml version="1.0"?><FictionBook><body><section><p>Он.</p></section></body></FictionBook>';
    const name = encodeURIComponent("../../../../tmp/evil.fb2");
    const answer = await asked(`/api/v1/translate/fb2?name=${name}`, { ...post, body: book });
    expect(answer.headers.get("content-disposition")).toContain('filename="evil_sr_draft.fb2"');
    expect(await readdir(dir.path)).not.toContain("evil.fb2");
  }, 60_000);

  it("answers a flood of headers with an error, and lives on", async () => {
    const flood = Array.from({ length: 2000 }, (_, number) => `x-${number}: ${"y".repeat(50)}`);
    const answer = await raw(
      `GET /health HTTP/1.1\r\nHost: localhost\r\n${flood.join("\r\n")}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(await daemon.json("/health")).toMatchObject({ status: "healthy" });
  });
});
