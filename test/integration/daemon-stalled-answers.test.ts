import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { expect, it } from "vitest";

import { openListeners, type Answering } from "../../src/server/http/listeners.ts";
import type { HttpLimits } from "../../src/server/http/limits.ts";

/** More than the buffers of a connection on loopback take. */
const ANSWER_BYTES = 32_000_000;
/** More than the window of a stream, and within what a connection of HTTP/2 may keep in memory. */
const STREAM_BYTES = 4_000_000;
const WRITE_MS = 300;
/** Long enough on a busy machine, too. */
const STALL_MS = 10 * WRITE_MS;
const LIMITS: HttpLimits = {
  headersMs: 5000,
  requestMs: 5000,
  writeMs: WRITE_MS,
  idleMs: 5000,
  checkMs: 100,
};

/** Answers everybody with much, after a time in which there is nothing to send. */
async function servedAnswer({ bytes = ANSWER_BYTES, delayMs = 0 } = {}) {
  const fetch: Answering["fetch"] = async () => {
    await wait(delayMs);
    return new Response("x".repeat(bytes));
  };
  const address = { kind: "http", host: "127.0.0.1", port: 0 } as const;
  const listeners = await openListeners([address], { fetch, upgrade: () => undefined }, LIMITS);
  const [url = ""] = listeners.addresses;
  return { url, [Symbol.asyncDispose]: () => listeners[Symbol.asyncDispose]() };
}

/** Asks by HTTP/1.1, and does not read yet. */
async function asking(url: string): Promise<Socket> {
  const client = connect(Number(new URL(url).port), "127.0.0.1");
  await once(client, "connect");
  client.pause();
  client.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
  return client;
}

async function bytesLeft(client: Socket, pauseMs = 0): Promise<number> {
  let bytes = 0;
  client.on("error", () => client.destroy());
  client.on("data", (chunk: Buffer) => {
    const before = Math.floor(bytes / 4_000_000);
    bytes += chunk.length;
    if (pauseMs === 0 || Math.floor(bytes / 4_000_000) === before) return;
    client.pause();
    setTimeout(() => client.resume(), pauseMs);
  });
  client.resume();
  await once(client, "close");
  return bytes;
}

it("a client that takes nothing of an answer is cut", async () => {
  await using served = await servedAnswer();
  const client = await asking(served.url);
  await wait(STALL_MS);
  expect(await bytesLeft(client)).toBeLessThan(ANSWER_BYTES);
});

it("a client that takes an answer slowly gets all of it, however long it takes", async () => {
  await using served = await servedAnswer();
  const client = await asking(served.url);
  const began = performance.now();
  expect(await bytesLeft(client, WRITE_MS / 3)).toBeGreaterThan(ANSWER_BYTES);
  expect(performance.now() - began).toBeGreaterThan(2 * WRITE_MS);
});

it("an answer that takes long to find is no stalled one", async () => {
  await using served = await servedAnswer({ delayMs: 3 * WRITE_MS });
  const client = await asking(served.url);
  expect(await bytesLeft(client)).toBeGreaterThan(ANSWER_BYTES);
});

it("an HTTP/2 stream of which nothing is taken is cut, and the connection goes on", async () => {
  await using served = await servedAnswer({ bytes: STREAM_BYTES });
  const session = connectHttp2(served.url);
  const stalled = session.request({ ":path": "/" });
  const closed = once(stalled, "close");
  stalled.on("error", () => undefined);
  await once(stalled, "response");
  await wait(STALL_MS);
  let stalledBytes = 0;
  stalled.on("data", (chunk: Buffer) => (stalledBytes += chunk.length));
  await closed;
  expect(stalledBytes).toBeLessThan(STREAM_BYTES);
  const other = session.request({ ":path": "/" });
  let bytes = 0;
  for await (const chunk of other as AsyncIterable<Buffer>) bytes += chunk.length;
  expect(bytes).toBe(STREAM_BYTES);
  session.close();
});
