import { on, once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";

import { systemClock } from "../../src/base/clock.ts";
import { EventBus, type FbtrEvent } from "../../src/base/events.ts";
import { EventFeed } from "../../src/server/events/event-feed.ts";
import { EventLog } from "../../src/server/events/event-log.ts";
import { EventSockets } from "../../src/server/events/web-sockets.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { eventsUntil, startDaemon } from "../support/daemon.ts";
import { tempDir } from "../support/temp-dir.ts";

const READERS = 500;
/** More than 300 MB are sent in the second half, of which nothing is to be kept. */
const MAX_GROWTH_BYTES = 50_000_000;
const LAST = 300;

/** A feed with its WebSockets on a socket in `folder`. */
async function servedFeed(folder: string, socket: string) {
  const log = new EventLog(folder);
  const feed = new EventFeed(log);
  const bus = new EventBus(systemClock, log.lastId);
  bus.subscribe((event) => feed.publish(event));
  const sockets = new EventSockets(feed, { stallMs: 500, graceMs: 200 });
  const server = createServer().listen(socket);
  server.on("upgrade", (request, connection, head) => sockets.accept(request, connection, head));
  await once(server, "listening");
  return {
    bus,
    sockets,
    connect: (query: string) => new WebSocket(`ws+unix:${socket}:/ws?${query}`),
    [Symbol.asyncDispose]: async () => {
      await sockets[Symbol.asyncDispose]();
      server.close();
      feed[Symbol.dispose]();
      log[Symbol.dispose]();
    },
  };
}

function tell(bus: EventBus, number: number, session = "s", padding = ""): void {
  const data = { job_id: "j", status: String(number), book_title: padding };
  bus.emit("status_update", session, `event ${number}`, data);
}

const numberOf = ({ data }: FbtrEvent) => Number((data as { status: string }).status);
const isLast = (event: FbtrEvent) => numberOf(event) === LAST;

/** The numbers of the events of a client up to the last one; the events themselves are not kept. */
async function numbersOf(client: WebSocket): Promise<number[]> {
  const numbers: number[] = [];
  for await (const [data] of on(client, "message") as AsyncIterable<[Buffer]>) {
    numbers.push(numberOf(JSON.parse(data.toString()) as FbtrEvent));
    if (numbers.at(-1) === LAST) break;
  }
  return numbers;
}

describe("the events of the daemon", () => {
  it("reach 500 readers, while one that takes nothing is cut and goes on later", async () => {
    await using dir = await tempDir();
    await using served = await servedFeed(dir.path, dir.file("s.sock"));
    const clients = Array.from({ length: READERS }, () => served.connect("session_id=s"));
    const stalled = served.connect("session_id=s");
    await Promise.all([...clients, stalled].map((client) => once(client, "open")));
    const heard = clients.map(numbersOf);
    const early = eventsUntil(stalled, isLast);
    tell(served.bus, 0);
    await once(stalled, "message");
    stalled.pause();
    const closed = once(stalled, "close");
    let half = 0;
    const padding = "x".repeat(4000);
    for (let number = 1; number <= LAST; number += 1) {
      tell(served.bus, number, "s", padding);
      if (number === LAST / 2) half = process.memoryUsage.rss();
      if (number % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const expected = Array.from({ length: LAST + 1 }, (_, number) => number);
    for (const numbers of await Promise.all(heard)) expect(numbers).toEqual(expected);
    expect(process.memoryUsage.rss() - half).toBeLessThan(MAX_GROWTH_BYTES);
    await expect.poll(() => served.sockets.connected, { timeout: 5000 }).toBe(READERS);
    stalled.resume();
    await closed;
    const first = await early;
    expect(first.length).toBeLessThan(LAST);
    const again = served.connect(`session_id=s&since=${first.at(-1)?.id}`);
    const rest = await eventsUntil(again, isLast);
    expect([...first, ...rest].map(numberOf)).toEqual(expected);
    for (const client of [...clients, again]) client.terminate();
  }, 60_000);

  it("come with those of the system for a session, and survive the process", async () => {
    await using dir = await tempDir();
    {
      await using served = await servedFeed(dir.path, dir.file("s.sock"));
      tell(served.bus, 1, "a");
      tell(served.bus, 2, "b");
      tell(served.bus, 3, "system");
    }
    await using served = await servedFeed(dir.path, dir.file("s.sock"));
    tell(served.bus, 4, "a");
    const client = served.connect("session_id=a&since=0");
    const events = await eventsUntil(client, (event) => numberOf(event) === 4);
    expect(events.map(numberOf)).toEqual([1, 3, 4]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    client.terminate();
  });

  it("are not for those who talk: a frame that is too large ends the connection", async () => {
    await using dir = await tempDir();
    await using served = await servedFeed(dir.path, dir.file("s.sock"));
    const client = served.connect("");
    await once(client, "open");
    client.send("x".repeat(10_000));
    const [code] = (await once(client, "close")) as [number];
    expect(code).toBe(1009);
  });

  it("of a book are the same as lines of JSON and over WebSocket", async () => {
    await using dir = await tempDir();
    await using daemon = await startDaemon(dir);
    const book = bookOf("Повесть", ["Дверь открылась.", "Вошёл старик."], ["Он сел."]);
    const isEnd = ({ type, data }: FbtrEvent) => type === "status_update" && data.status === "done";
    const socket = daemon.webSocket("/ws?session_id=mine&since=0");
    const heard = eventsUntil(socket, isEnd);
    const gone = new AbortController();
    const answer = await daemon.fetch("/api/v1/events?session_id=mine&since=0", {
      signal: gone.signal,
    });
    const headers = { "content-type": "application/octet-stream", "x-session-id": "mine" };
    await daemon.fetch("/api/v1/jobs?name=povest.fb2", { method: "POST", headers, body: book });
    const events = await heard;
    let lines = "";
    for await (const chunk of answer.body ?? []) {
      lines += Buffer.from(chunk as Uint8Array).toString();
      if (lines.split("\n").length > events.length) break;
    }
    gone.abort();
    socket.terminate();
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["translation_started", "translation_completed", "status_update"]),
    );
    expect(events.every(({ session_id: session }) => session === "mine")).toBe(true);
    const parsed = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as FbtrEvent);
    expect(parsed).toEqual(events);
  }, 30_000);
});
