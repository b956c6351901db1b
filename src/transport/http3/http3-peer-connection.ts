import type { FbtrError } from "../../base/errors.ts";
import type { PeerAnswer, PeerConnection, PeerRequest, PeerWatch } from "../peer.ts";
import { FRAME, encodeFrame } from "./frames.ts";
import { Http3Connection } from "./http3-connection.ts";
import { IncomingMessage } from "./incoming-message.ts";
import { readAnswerHead, toFields, toRecord, type AnswerHead } from "./message-heads.ts";
import { encodeFields, type Field } from "./qpack.ts";
import type { QuicClosing, QuicConnection } from "./quic.ts";
import { isRefusal, lostError, refusedError } from "./refusals.ts";

/** The client's end of HTTP/3 to one machine. */
export class Http3PeerConnection implements PeerConnection {
  readonly kind = "h3";
  /** The other side has let us in. */
  readonly settled: Promise<void>;
  readonly ended: Promise<FbtrError | undefined>;
  readonly #connection: Http3Connection;
  readonly #authority: string;
  readonly #name: string;
  readonly #watch: NodeJS.Timeout;
  #isOpen = true;
  #isDisposed = false;
  #closing: QuicClosing | undefined;

  /** @param name of the machine, for messages. */
  constructor(quic: QuicConnection, authority: string, name: string, watch: PeerWatch) {
    this.#authority = authority;
    this.#name = name;
    this.#connection = new Http3Connection(quic, {
      goAway: () => {
        this.#isOpen = false;
      },
    });
    this.settled = this.#connection.settled;
    this.#watch = watchOver(quic, watch, () => void this.#connection.close());
    this.ended = this.#end();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async request(request: PeerRequest): Promise<PeerAnswer> {
    const { signal } = request;
    signal.throwIfAborted();
    if (!this.#isOpen) throw this.#loss();
    const message = this.#send(request);
    const abort = () => message.cancel(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    const release = () => signal.removeEventListener("abort", abort);
    try {
      const { status, fields } = await message.head;
      return { status, headers: toRecord(fields), body: this.#bodyOf(message, signal, release) };
    } catch (error) {
      release();
      signal.throwIfAborted();
      throw this.#loss(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#isOpen = false;
    await this.#connection.close();
    await this.ended;
  }

  #send({ method, path, headers = {}, body }: PeerRequest): IncomingMessage<AnswerHead> {
    const stream = this.#connection.quic.openStream();
    const content = body === undefined ? undefined : Buffer.from(body);
    const fields: Field[] = [
      [":method", method],
      [":scheme", "https"],
      [":authority", this.#authority],
      [":path", path],
      ...toFields(Object.entries(headers)),
    ];
    if (content && !Object.hasOwn(headers, "content-length")) {
      fields.push(["content-length", String(content.length)]);
    }
    const head = encodeFrame(FRAME.HEADERS, encodeFields(fields));
    const message = new IncomingMessage({
      stream,
      readHead: readFinalHead,
      onConnectionError: this.#connection.fail,
    });
    stream.end(content ? Buffer.concat([head, encodeFrame(FRAME.DATA, content)]) : head);
    return message;
  }

  async *#bodyOf(
    message: IncomingMessage<AnswerHead>,
    signal: AbortSignal,
    release: () => void,
  ): AsyncGenerator<Uint8Array> {
    try {
      yield* message.body;
    } catch (error) {
      signal.throwIfAborted();
      throw this.#loss(error);
    } finally {
      release();
    }
  }

  async #end(): Promise<FbtrError | undefined> {
    this.#closing = await this.#connection.closed;
    this.#isOpen = false;
    clearInterval(this.#watch);
    return this.#isDisposed ? undefined : this.#loss(this.#connection.failure);
  }

  #loss(cause?: unknown): FbtrError {
    const isRefused = this.#closing !== undefined && isRefusal(this.#closing);
    return isRefused ? refusedError(this.#name) : lostError(this.#name, cause);
  }
}

/** Interim answers are passed over (RFC 9114 §4.1). */
function readFinalHead(lines: readonly Field[]): AnswerHead | undefined {
  const head = readAnswerHead(lines);
  return head.status < 200 ? undefined : head;
}

/**
 * Calls `onDead` when no packet has come for `patienceMs`, though signs of life were asked for. It
 * counts questions, not time, so that nobody is taken for dead while this process stood still.
 */
function watchOver(
  quic: QuicConnection,
  { intervalMs, patienceMs }: PeerWatch,
  onDead: () => void,
): NodeJS.Timeout {
  const patience = Math.max(1, Math.ceil(patienceMs / intervalMs));
  let packets = quic.packetsReceived();
  let unanswered = 0;
  return setInterval(() => {
    const now = quic.packetsReceived();
    unanswered = now === packets ? unanswered + 1 : 0;
    packets = now;
    if (unanswered >= patience) onDead();
    else quic.ping();
  }, intervalMs);
}
