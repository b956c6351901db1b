import { FRAME, FrameReader, MAX_FRAME_BYTES, encodeFrame } from "./frames.ts";
import { H3, Http3Error } from "./http3-error.ts";
import type { QuicClosing, QuicConnection, QuicStream } from "./quic.ts";
import { encodeInteger, readInteger } from "./variable-integers.ts";

/** Types of unidirectional streams (RFC 9114 §6.2, RFC 9204 §4.2). */
const STREAM = { control: 0x0, push: 0x1, encoder: 0x2, decoder: 0x3 };
/** Names of settings (RFC 9114 §7.2.4.1, RFC 9204 §5). */
const SETTING = { qpackCapacity: 0x1, maxFieldSection: 0x6, qpackBlocked: 0x7 };
/** Settings of HTTP/2 that must not come (RFC 9114 §7.2.4.1). */
const HTTP2_SETTINGS: ReadonlySet<number> = new Set([0x2, 0x3, 0x4, 0x5]);
const OUR_SETTINGS = [
  [SETTING.qpackCapacity, 0],
  [SETTING.maxFieldSection, MAX_FRAME_BYTES],
  [SETTING.qpackBlocked, 0],
] as const;
/** Each of these at most once (RFC 9114 §6.2.1, RFC 9204 §4.2), and never ended. */
const CRITICAL_STREAMS: ReadonlySet<number> = new Set([
  STREAM.control,
  STREAM.encoder,
  STREAM.decoder,
]);

/** Both ends of HTTP/3 on a QUIC connection: all of it but the messages. */
export class Http3Connection {
  readonly quic: QuicConnection;
  /** The other side has sent its SETTINGS: it has accepted the connection. */
  readonly settled: Promise<void>;
  readonly closed: Promise<QuicClosing>;
  /** The error of the other side for which we have ended the connection. */
  failure: Http3Error | undefined;
  readonly #settled = Promise.withResolvers<void>();
  readonly #onRequestStream: ((stream: QuicStream) => void) | undefined;
  readonly #onGoAway: (() => void) | undefined;
  readonly #critical = new Set<number>();
  #hasSettings = false;
  #lastGoAwayId = Infinity;

  /** @param on whom to tell of streams with requests (server), of GOAWAY (client). */
  constructor(
    quic: QuicConnection,
    on: { readonly requestStream?: (stream: QuicStream) => void; readonly goAway?: () => void },
  ) {
    this.quic = quic;
    this.closed = quic.closed;
    this.settled = this.#settled.promise;
    this.#onRequestStream = on.requestStream;
    this.#onGoAway = on.goAway;
    const settings = OUR_SETTINGS.flat().map(encodeInteger);
    const first = [
      encodeInteger(STREAM.control),
      encodeFrame(FRAME.SETTINGS, Buffer.concat(settings)),
    ];
    quic.openUnidirectional(Buffer.concat(first));
    quic.onStream((stream) => this.#takeStream(stream));
  }

  /** Ends the connection for an error of the other side. */
  readonly fail = (error: Http3Error): void => {
    if (this.failure) return;
    this.failure = error;
    void this.quic.close(H3[error.code], error.message);
  };

  async close(code: keyof typeof H3 = "NO_ERROR"): Promise<void> {
    await this.quic.close(H3[code], "");
  }

  #takeStream(stream: QuicStream): void {
    // The second bit tells unidirectional streams (RFC 9000 §2.1).
    if ((stream.id & 0b10) !== 0) this.#takeUnidirectional(stream);
    else if (this.#onRequestStream) this.#onRequestStream(stream);
    else this.fail(new Http3Error("STREAM_CREATION_ERROR", "A server has opened a request."));
  }

  /** Its type is the first integer on it (RFC 9114 §6.2). */
  #takeUnidirectional(stream: QuicStream): void {
    let start: Uint8Array = new Uint8Array();
    let take: ((bytes: Uint8Array) => void) | undefined;
    let isCritical = false;
    stream.on("data", (bytes: Buffer) => {
      this.#guard(() => {
        if (take) {
          take(bytes);
          return;
        }
        start = Buffer.concat([start, bytes]);
        const type = readInteger(start, 0);
        if (!type) return;
        take = this.#readerOf(type.value);
        isCritical = CRITICAL_STREAMS.has(type.value);
        take(start.subarray(type.next));
      });
    });
    const onEnd = () => {
      if (isCritical) {
        this.fail(new Http3Error("CLOSED_CRITICAL_STREAM", "A critical stream was ended."));
      }
    };
    stream.on("end", onEnd);
  }

  #readerOf(type: number): (bytes: Uint8Array) => void {
    if (CRITICAL_STREAMS.has(type)) {
      if (this.#critical.has(type)) {
        throw new Http3Error("STREAM_CREATION_ERROR", `A second stream of type ${type} came.`);
      }
      this.#critical.add(type);
    }
    switch (type) {
      case STREAM.control: {
        const frames = new FrameReader((kind, payload) => this.#takeControl(kind, payload));
        return (bytes) => frames.push(bytes);
      }
      case STREAM.push:
        // Clients never push (§6.2.2), and as a client we have granted no push (§4.6).
        throw new Http3Error(
          this.quic.isServer ? "STREAM_CREATION_ERROR" : "ID_ERROR",
          "A push came, though none was granted.",
        );
      case STREAM.encoder:
        return refuseTableChanges;
      default:
        // Decoder instructions have nothing to refer to; unknown types are skipped (§6.2.3, §9).
        return () => undefined;
    }
  }

  #takeControl(type: number, payload: Uint8Array): void {
    if (!this.#hasSettings && type !== FRAME.SETTINGS) {
      throw new Http3Error("MISSING_SETTINGS", "The control stream does not begin with settings.");
    }
    switch (type) {
      case FRAME.SETTINGS:
        if (this.#hasSettings) throw new Http3Error("FRAME_UNEXPECTED", "Settings came twice.");
        checkSettings(payload);
        this.#hasSettings = true;
        this.#settled.resolve();
        return;
      case FRAME.GOAWAY:
        this.#takeGoAway(payload);
        return;
      case FRAME.CANCEL_PUSH:
        throw new Http3Error("ID_ERROR", "A push is cancelled that there was not (§7.2.3).");
      case FRAME.MAX_PUSH_ID:
        // Clients may grant pushes (§7.2.7); this server makes none.
        if (this.quic.isServer) return;
        throw new Http3Error("FRAME_UNEXPECTED", "A server grants pushes.");
      default:
        throw new Http3Error("FRAME_UNEXPECTED", `The control stream has a frame ${type}.`);
    }
  }

  /** Identifiers never increase (RFC 9114 §5.2); those for clients are of requests. */
  #takeGoAway(payload: Uint8Array): void {
    const id = wholeInteger(payload);
    const isRequest = this.quic.isServer || id % 4 === 0;
    if (id > this.#lastGoAwayId || !isRequest) {
      throw new Http3Error("ID_ERROR", "A farewell names a request that it must not name.");
    }
    this.#lastGoAwayId = id;
    this.#onGoAway?.();
  }

  #guard(step: () => void): void {
    if (this.failure) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Http3Error)) throw error;
      this.fail(error);
    }
  }
}

/** We have granted no dynamic table: nothing may be put into it (RFC 9204 §4.3). */
function refuseTableChanges(bytes: Uint8Array): void {
  // Setting the capacity to 0 is allowed (§4.3.1): 001 and five zeros.
  if (bytes.some((byte) => byte !== 0b0010_0000)) {
    throw new Http3Error("QPACK_ENCODER_STREAM_ERROR", "A dynamic table is used without leave.");
  }
}

function checkSettings(payload: Uint8Array): void {
  const seen = new Set<number>();
  let place = 0;
  while (place < payload.length) {
    const name = readInteger(payload, place);
    const value = name && readInteger(payload, name.next);
    if (!value) throw new Http3Error("FRAME_ERROR", "A setting is cut off.");
    if (HTTP2_SETTINGS.has(name.value) || seen.has(name.value)) {
      throw new Http3Error("SETTINGS_ERROR", `The setting ${name.value} must not be there.`);
    }
    seen.add(name.value);
    place = value.next;
  }
}

function wholeInteger(payload: Uint8Array): number {
  const integer = readInteger(payload, 0);
  if (integer?.next !== payload.length) {
    throw new Http3Error("FRAME_ERROR", "A frame has another length than its content.");
  }
  return integer.value;
}
