import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";
import type { WebSocket } from "ws";

import type { FbtrEvent } from "../../src/base/events.ts";
import { bookOf } from "../support/cli-surroundings.ts";
import { eventsUntil, startDaemon, type Daemon } from "../support/daemon.ts";
import { tempDir } from "../support/temp-dir.ts";

const SLOW_FBTR = fileURLToPath(new URL("../support/slow-fbtr.ts", import.meta.url));
const READERS = 500;
/** About as many events as tenths of a second that the book takes. */
const PARAGRAPHS = 1500;
/** Every event carries it, so that what is kept for a reader would be seen. */
const TITLE = "Повесть".repeat(500);
/** The readers have taken in by then what they need at all. */
const EARLY_EVENTS = 20;
/** What may wait for readers who are behind, 256 KiB each; far more than that is sent. */
const MAX_WAITING_BYTES = READERS * 256 * 1024;

const isEnd = ({ type, data }: FbtrEvent) =>
  type === "status_update" && ["done", "incomplete", "failed"].includes(data.status);

/** What the daemon holds in memory (proc(5)). */
async function residentBytes(daemon: Daemon): Promise<number> {
  const status = await readFile(`/proc/${daemon.process.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

async function connected(daemon: Daemon): Promise<number> {
  const stats = await daemon.json("/api/v1/stats");
  return (stats as { websocket: { connected_clients: number } }).websocket.connected_clients;
}

/** What one reader has heard; the events themselves are not kept. */
interface Heard {
  readonly ids: readonly string[];
  readonly bytes: number;
}

/** Listens up to the last event. */
async function heardBy(client: WebSocket, onEvent: (count: number) => void): Promise<Heard> {
  const ids: string[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    client.on("error", reject);
    client.on("close", () => reject(new Error(`closed after ${ids.length} events`)));
    client.on("message", (data: Buffer) => {
      const event = JSON.parse(data.toString()) as FbtrEvent;
      ids.push(event.id);
      bytes += data.length;
      onEvent(ids.length);
      if (isEnd(event)) resolve({ ids, bytes });
    });
  });
}

it.skipIf(process.platform !== "linux")(
  "500 readers follow a book; one that takes nothing is cut, and nothing is kept for them",
  async () => {
    await using dir = await tempDir();
    await writeFile(dir.file("config.json"), JSON.stringify({ server: { write_timeout: 1 } }));
    const env = { CONFIG_FILE: dir.file("config.json"), SEGMENT_MS: "10" };
    await using daemon = await startDaemon(dir, { main: SLOW_FBTR, env });
    const path = "/ws?session_id=mine&since=0";
    const clients = Array.from({ length: READERS }, () => daemon.webSocket(path));
    const stalled = daemon.webSocket(path);
    await Promise.all([...clients, stalled].map((client) => once(client, "open")));
    stalled.pause();
    const early = Promise.withResolvers<number>();
    const heard = clients.map((client, number) =>
      heardBy(client, (count) => {
        const isTime = number === 0 && count === EARLY_EVENTS;
        if (isTime) residentBytes(daemon).then(early.resolve, early.reject);
      }),
    );
    const paragraphs = Array.from({ length: PARAGRAPHS }, (_, number) => `Моя земля, ${number}.`);
    const headers = { "content-type": "application/octet-stream", "x-session-id": "mine" };
    const body = bookOf(TITLE, paragraphs);
    await daemon.fetch("/api/v1/jobs?name=povest.fb2", { method: "POST", headers, body });

    const all = await Promise.all(heard);
    const growth = (await residentBytes(daemon)) - (await early.promise);
    expect(growth).toBeLessThan(MAX_WAITING_BYTES);
    const sent = all.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(sent).toBeGreaterThan(2 * MAX_WAITING_BYTES);
    await expect.poll(() => connected(daemon), { timeout: 15_000 }).toBe(READERS);

    const before = eventsUntil(stalled, isEnd);
    stalled.resume();
    const first = (await before).map(({ id }) => id);
    const again = daemon.webSocket(`/ws?session_id=mine&since=${first.at(-1) ?? "0"}`);
    const rest = (await eventsUntil(again, isEnd)).map(({ id }) => id);
    expect(first.length).toBeLessThan(all[0]?.ids.length ?? 0);
    const expected = [...first, ...rest];
    expect(expected.length).toBeGreaterThan(EARLY_EVENTS * 2);
    for (const { ids } of all) expect(ids).toEqual(expected);
    for (const client of [...clients, again, stalled]) client.terminate();
  },
  90_000,
);
