import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import { WebSocketServer, type WebSocket } from "ws";

import type { EventFeed } from "./event-feed.ts";

/** A client has nothing to say but pongs. */
const MAX_PAYLOAD_BYTES = 4096;
/** What may wait in the process for one reader before it is waited for. */
const HIGH_WATER_BYTES = 256 * 1024;
const PING_INTERVAL_MS = 30_000;
/** Status of RFC 6455 §7.4.1 and the IANA registry: try again later. */
const TRY_AGAIN_LATER = 1013;
const GOING_AWAY = 1001;
const TOO_SLOW = "too slow: connect again with since=<id of the last event you have>";

export interface WebSocketLimits {
  /** How long a reader may take nothing before it is cut. @default 30000 */
  readonly stallMs?: number;
  /** How long a reader who was cut may take to hear of it. @default 5000 */
  readonly graceMs?: number;
}

/** Sends the events of a feed to WebSocket clients, one event a frame. */
export class EventSockets implements AsyncDisposable {
  readonly #feed: EventFeed;
  readonly #stallMs: number;
  readonly #graceMs: number;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
  });
  readonly #ended = new AbortController();

  constructor(feed: EventFeed, { stallMs = 30_000, graceMs = 5000 }: WebSocketLimits = {}) {
    this.#feed = feed;
    this.#stallMs = stallMs;
    this.#graceMs = graceMs;
  }

  get connected(): number {
    return this.#server.clients.size;
  }

  /** Makes a WebSocket of a connection whose request was allowed. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => {
      const query = new URL(request.url ?? "/", "http://daemon").searchParams;
      void this.#serve(client, query.get("session_id"), query.get("since"));
    });
  }

  /** Ends all connections, and waits until they are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    for (const client of this.#server.clients) this.#end(client, GOING_AWAY, "fbtr ends");
    const gone = [...this.#server.clients].map(
      (client) => new Promise((resolve) => client.once("close", resolve)),
    );
    await Promise.all(gone);
  }

  async #serve(client: WebSocket, session: string | null, since: string | null): Promise<void> {
    const closed = new AbortController();
    const signal = AbortSignal.any([closed.signal, this.#ended.signal]);
    client.on("close", () => closed.abort());
    // What is wrong with a connection is followed by its end.
    client.on("error", () => closed.abort());
    const stopPings = keepAlive(client);
    try {
      const wishes = { session: session ?? undefined, since: since ?? undefined, signal };
      for await (const { json } of this.#feed.read(wishes)) {
        if (await this.#send(client, json, signal)) continue;
        this.#end(client, TRY_AGAIN_LATER, TOO_SLOW);
        return;
      }
    } finally {
      stopPings();
    }
  }

  /** Sends, and waits if much is waiting already; false if the reader takes nothing for too long. */
  async #send(client: WebSocket, text: string, signal: AbortSignal): Promise<boolean> {
    if (client.bufferedAmount < HIGH_WATER_BYTES) {
      client.send(text);
      return true;
    }
    return new Promise<boolean>((resolve) => {
      const settle = (taken: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve(taken);
      };
      const end = () => settle(true);
      const timer = setTimeout(() => settle(false), this.#stallMs);
      signal.addEventListener("abort", end, { once: true });
      client.send(text, end);
    });
  }

  #end(client: WebSocket, code: number, reason: string): void {
    client.close(code, reason);
    const timer = setTimeout(() => client.terminate(), this.#graceMs);
    client.once("close", () => clearTimeout(timer));
  }
}

/** Ends a connection on which nothing comes back; the returned function ends the looking. */
function keepAlive(client: WebSocket): () => void {
  let isAlive = true;
  client.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) client.terminate();
    isAlive = false;
    client.ping();
  }, PING_INTERVAL_MS);
  return () => clearInterval(timer);
}
