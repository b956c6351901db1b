import { FRAME, FrameReader } from "./frames.ts";
import { H3, Http3Error, messageError } from "./http3-error.ts";
import { IncomingBody } from "./incoming-body.ts";
import { checkTrailers, contentLengthOf } from "./message-heads.ts";
import { decodeFields, type Field } from "./qpack.ts";
import type { QuicStream } from "./quic.ts";

/** The header of a message that is to have a body. */
interface Head {
  readonly fields: readonly Field[];
}

export interface IncomingMessageOptions<H extends Head> {
  readonly stream: QuicStream;
  /** @returns undefined for an interim answer (RFC 9114 §4.1). @throws Http3Error */
  readonly readHead: (lines: readonly Field[]) => H | undefined;
  /** Ends the connection for an error that concerns all of it. */
  readonly onConnectionError: (error: Http3Error) => void;
}

/**
 * A request or an answer as it comes on its stream (RFC 9114 §4.1): interim answers, header, body,
 * trailers, in this order.
 */
export class IncomingMessage<H extends Head> {
  /** Rejects with an Http3Error, or with what has ended the stream. */
  readonly head: Promise<H>;
  readonly body: IncomingBody;
  readonly #options: IncomingMessageOptions<H>;
  readonly #head = Promise.withResolvers<H>();
  readonly #frames: FrameReader;
  #state: "before" | "body" | "behind" | "over" = "before";
  #bytes = 0;
  #announcedBytes: number | undefined;

  constructor(options: IncomingMessageOptions<H>) {
    this.#options = options;
    this.head = this.#head.promise;
    // Whoever waits for the body only must not end the process.
    this.head.catch(() => undefined);
    this.body = new IncomingBody(() => this.cancel());
    this.#frames = new FrameReader((type, payload) => this.#take(type, payload));
    const { stream } = options;
    stream.on("data", (bytes: Buffer) => this.#guard(() => this.#frames.push(bytes)));
    stream.on("end", () => this.#guard(() => this.#finish()));
    stream.on("error", (error) => this.#fail(error));
    stream.on("close", () => this.#fail(new Error("The stream was closed.")));
  }

  /** Wants no more of it (RFC 9114 §4.1.1). */
  cancel(reason: Error = new Error("The request was cancelled.")): void {
    if (this.#state === "over") return;
    this.#options.stream.close(H3.REQUEST_CANCELLED);
    this.#fail(reason);
  }

  #guard(step: () => void): void {
    if (this.#state === "over") return;
    try {
      step();
    } catch (error) {
      this.#refuse(error instanceof Http3Error ? error : internal(error));
    }
  }

  #take(type: number, payload: Uint8Array): void {
    if (type === FRAME.DATA && this.#state === "body") this.#takeData(payload);
    else if (type === FRAME.HEADERS && this.#state === "before") this.#takeHead(payload);
    else if (type === FRAME.HEADERS && this.#state === "body") {
      checkTrailers(decodeFields(payload));
      this.#state = "behind";
    } else if (this.#state !== "over") {
      throw new Http3Error("FRAME_UNEXPECTED", `A frame of type ${type} is in the wrong place.`);
    }
  }

  #takeHead(payload: Uint8Array): void {
    const head = this.#options.readHead(decodeFields(payload));
    if (!head) return;
    this.#announcedBytes = contentLengthOf(head.fields);
    this.#state = "body";
    this.#head.resolve(head);
  }

  #takeData(payload: Uint8Array): void {
    this.#bytes += payload.length;
    if (this.#bytes > (this.#announcedBytes ?? Infinity)) {
      throw messageError("A body has more bytes than it was said to have.");
    }
    if (payload.length > 0) this.body.push(payload);
  }

  #finish(): void {
    const isWhole = this.#frames.isBetweenFrames;
    if (!isWhole) throw new Http3Error("FRAME_ERROR", "A stream ends within a frame.");
    if (this.#state === "before") {
      throw new Http3Error("REQUEST_INCOMPLETE", "A message ends before its header.", "stream");
    }
    if (this.#announcedBytes !== undefined && this.#bytes < this.#announcedBytes) {
      throw messageError("A body has fewer bytes than it was said to have.");
    }
    this.#state = "over";
    this.body.end();
  }

  #refuse(error: Http3Error): void {
    this.#fail(error);
    if (error.scope === "connection") this.#options.onConnectionError(error);
    else this.#options.stream.close(H3[error.code]);
  }

  #fail(error: Error): void {
    if (this.#state === "over") return;
    this.#state = "over";
    this.#head.reject(error);
    this.body.fail(error);
  }
}

function internal(error: unknown): Http3Error {
  return new Http3Error("INTERNAL_ERROR", `A message could not be read: ${String(error)}`);
}
