import { once } from "node:events";
import {
  connect,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from "node:http2";
import type { Readable } from "node:stream";
import type { TLSSocket } from "node:tls";

import { FbtrError } from "../../base/errors.ts";
import type { PeerAnswer, PeerConnection, PeerRequest, PeerWatch, TransportKind } from "../peer.ts";
import { answerBody } from "./answer-body.ts";

/** Large enough that a window of one stream does not slow a far connection (RFC 9113 §6.9). */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * HTTP/2 over a connection whose other end is known.
 *
 * `node:http2` is used as it is: undici hides the session, and with it PING and the news that the
 * other side has closed before it said anything.
 */
export class Http2Connection implements PeerConnection {
  readonly kind: TransportKind;
  readonly ended: Promise<FbtrError | undefined>;
  readonly #session: ClientHttp2Session;
  readonly #authority: string;
  readonly #ping: NodeJS.Timeout;
  /** Runs while the other side has not answered a PING. */
  #patience: NodeJS.Timeout | undefined;
  #isClosing = false;
  #lost: FbtrError | undefined;
  #active = 0;

  private constructor(
    session: ClientHttp2Session,
    { kind, authority, watch }: Http2ConnectionOptions,
  ) {
    this.kind = kind;
    this.#session = session;
    this.#authority = authority;
    this.#ping = setInterval(() => this.#askWhetherAlive(watch.patienceMs), watch.intervalMs);
    // A connection that waits does not keep the process.
    this.#ping.unref();
    const { promise, resolve } = Promise.withResolvers<FbtrError | undefined>();
    this.ended = promise;
    session.on("error", (error) => {
      this.#lost ??= lost("the connection broke", error);
    });
    session.once("close", () => {
      clearInterval(this.#ping);
      clearTimeout(this.#patience);
      this.#lost ??= this.#isClosing ? undefined : lost("the other side closed the connection");
      resolve(this.#lost);
    });
    session.setLocalWindowSize(WINDOW_BYTES);
  }

  /**
   * Begins HTTP/2 on a connection, and waits for the first word of the other side: a server that does
   * not know us closes after the handshake, which with TLS 1.3 the client has finished before.
   *
   * @throws FbtrError WORKER_REFUSED, WORKER_UNREACHABLE; the signal's reason.
   */
  static async open(
    socket: TLSSocket,
    options: Http2ConnectionOptions & { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<Http2Connection> {
    const { authority, timeoutMs, signal } = options;
    const session = connect(`https://${authority}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    });
    session.on("error", () => undefined);
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const end = new AbortController();
    const either = AbortSignal.any([within, end.signal]);
    const closed = () => end.abort();
    session.once("close", closed);
    try {
      await once(session, "remoteSettings", { signal: either });
    } catch (error) {
      session.destroy();
      signal.throwIfAborted();
      throw end.signal.aborted ? refused(error) : silent(timeoutMs, error);
    } finally {
      session.off("close", closed);
    }
    return new Http2Connection(session, options);
  }

  get isOpen(): boolean {
    return !this.#session.closed && !this.#session.destroyed;
  }

  async request({ method, path, headers, body, signal }: PeerRequest): Promise<PeerAnswer> {
    signal.throwIfAborted();
    if (!this.isOpen) throw this.#lost ?? lost("the connection is closed");
    const stream = this.#session.request(
      { ":method": method, ":path": path, ":authority": this.#authority, ...headers },
      { endStream: body === undefined },
    );
    this.#active += 1;
    const leave = () => stream.close(constants.NGHTTP2_CANCEL);
    signal.addEventListener("abort", leave, { once: true });
    stream.once("close", () => {
      this.#active -= 1;
      signal.removeEventListener("abort", leave);
    });
    const received = answerBody(stream, (cause) => this.#brokenBy(stream, cause));
    // Whoever reads hears of it; where nobody has begun to, the headers say it.
    received.on("error", () => undefined);
    if (body !== undefined) stream.end(body);
    const answer = await this.#headersOf(stream, signal);
    return {
      status: Number(answer[":status"]),
      headers: plainHeaders(answer),
      body: this.#read(received, signal),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    this.#session.destroy();
    await this.ended;
  }

  async #headersOf(stream: ClientHttp2Stream, signal: AbortSignal): Promise<IncomingHttpHeaders> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingHttpHeaders>();
    stream.once("response", resolve);
    stream.once("close", () => reject(this.#brokenBy(stream)));
    try {
      return await promise;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  async *#read(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) yield chunk as Uint8Array;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  #brokenBy(stream: ClientHttp2Stream, cause?: unknown): FbtrError {
    const code = stream.rstCode;
    const reason = code === undefined || code === 0 ? "" : ` (HTTP/2 error ${code})`;
    return this.#lost ?? lost(`the answer broke off${reason}`, cause);
  }

  /** While something is asked, a machine that is gone must be noticed long before TCP does. */
  #askWhetherAlive(patienceMs: number): void {
    if (this.#active === 0 || !this.isOpen || this.#patience !== undefined) return;
    this.#patience = setTimeout(() => {
      this.#lost ??= lost(`the machine has been silent for ${patienceMs / 1000} s`);
      this.#session.destroy();
    }, patienceMs);
    const answered = () => {
      clearTimeout(this.#patience);
      this.#patience = undefined;
    };
    if (!this.#session.ping(answered)) answered();
  }
}

export interface Http2ConnectionOptions {
  readonly kind: TransportKind;
  /** Name of the other side in its certificate. */
  readonly authority: string;
  readonly watch: PeerWatch;
}

function plainHeaders(received: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const plain = Object.entries(received).flatMap(([name, value]) => {
    if (name.startsWith(":") || value === undefined) return [];
    return [[name, Array.isArray(value) ? value.join(", ") : value] as const];
  });
  return Object.fromEntries(plain);
}

function lost(reason: string, cause?: unknown): FbtrError {
  return new FbtrError("WORKER_LOST", reason, { hint: "fbtr connects again by itself.", cause });
}

function refused(cause: unknown): FbtrError {
  return new FbtrError("WORKER_REFUSED", "the machine does not know us (any more)", {
    hint: "Pair again with `fbtr workers pair`.",
    cause,
  });
}

function silent(timeoutMs: number, cause: unknown): FbtrError {
  return new FbtrError("WORKER_UNREACHABLE", `the machine said nothing in ${timeoutMs / 1000} s`, {
    hint: "Look with `fbtr workers discover` what it says.",
    cause,
  });
}
