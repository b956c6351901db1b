import { Http3Error } from "./http3-error.ts";
import { encodeInteger, readInteger } from "./variable-integers.ts";

/** Types of frames (RFC 9114 §7.2). */
export const FRAME = {
  DATA: 0x0,
  HEADERS: 0x1,
  CANCEL_PUSH: 0x3,
  SETTINGS: 0x4,
  PUSH_PROMISE: 0x5,
  GOAWAY: 0x7,
  MAX_PUSH_ID: 0xd,
} as const;
/** A type of §7.2.8, which everybody has to skip: `0x1f * N + 0x21`. */
const RESERVED_TYPE = 0x21;
/** Types of HTTP/2 that must not come (RFC 9114 §7.2.8). */
const HTTP2_TYPES: ReadonlySet<number> = new Set([0x2, 0x6, 0x8, 0x9]);
const KNOWN_TYPES: ReadonlySet<number> = new Set(Object.values(FRAME));

/** Largest frame, in bytes, that is kept until it is whole: all but DATA. */
export const MAX_FRAME_BYTES = 64 * 1024;

export function encodeFrame(type: number, payload: Uint8Array): Buffer {
  return Buffer.concat([encodeInteger(type), encodeInteger(payload.length), payload]);
}

/** What others skip; it shows whether they still want to hear anything (RFC 9114 §7.2.8). */
export const EMPTY_RESERVED_FRAME = encodeFrame(RESERVED_TYPE, new Uint8Array());

/** Gets each frame; that of type DATA in the pieces in which it comes. */
export type FrameSink = (type: number, payload: Uint8Array) => void;

/** Cuts a stream into frames (RFC 9114 §7.1), whatever pieces it comes in. */
export class FrameReader {
  readonly #onFrame: FrameSink;
  /** The beginning of a frame, or of its type and length. */
  #kept: Uint8Array | undefined;
  /** Bytes of the payload of DATA that are still to come. */
  #dataLeft = 0;
  /** Bytes of a frame of unknown type that are still to come. */
  #skipLeft = 0;

  constructor(onFrame: FrameSink) {
    this.#onFrame = onFrame;
  }

  /** Whether the stream may end here. */
  get isBetweenFrames(): boolean {
    return this.#kept === undefined && this.#dataLeft === 0 && this.#skipLeft === 0;
  }

  /**
   * @throws Http3Error EXCESSIVE_LOAD for a frame above `MAX_FRAME_BYTES`, FRAME_UNEXPECTED for a
   *   type of HTTP/2, and whatever the sink throws. Nothing may be pushed afterwards.
   */
  push(piece: Uint8Array): void {
    let rest: Uint8Array | undefined = this.#kept ? Buffer.concat([this.#kept, piece]) : piece;
    this.#kept = undefined;
    while (rest !== undefined && rest.length > 0) rest = this.#step(rest);
  }

  /** Takes what it can from the beginning. @returns the rest; undefined if more must come first. */
  #step(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#dataLeft > 0) return this.#passData(bytes);
    if (this.#skipLeft > 0) return this.#skip(bytes);
    const type = readInteger(bytes, 0);
    const length = type && readInteger(bytes, type.next);
    if (!length) return this.#keep(bytes);
    const start = length.next;
    if (type.value === FRAME.DATA) {
      this.#dataLeft = length.value;
      // An empty one counts, too: it may be in the wrong place.
      if (length.value === 0) this.#onFrame(FRAME.DATA, bytes.subarray(start, start));
      return bytes.subarray(start);
    }
    if (HTTP2_TYPES.has(type.value)) {
      throw new Http3Error("FRAME_UNEXPECTED", `The frame type ${type.value} is of HTTP/2.`);
    }
    if (!KNOWN_TYPES.has(type.value)) {
      this.#skipLeft = length.value;
      return bytes.subarray(start);
    }
    if (length.value > MAX_FRAME_BYTES) {
      throw new Http3Error("EXCESSIVE_LOAD", `A frame has ${length.value} bytes.`);
    }
    const end = start + length.value;
    if (end > bytes.length) return this.#keep(bytes);
    this.#onFrame(type.value, bytes.subarray(start, end));
    return bytes.subarray(end);
  }

  #passData(bytes: Uint8Array): Uint8Array {
    const taken = Math.min(this.#dataLeft, bytes.length);
    this.#dataLeft -= taken;
    this.#onFrame(FRAME.DATA, bytes.subarray(0, taken));
    return bytes.subarray(taken);
  }

  #skip(bytes: Uint8Array): Uint8Array {
    const taken = Math.min(this.#skipLeft, bytes.length);
    this.#skipLeft -= taken;
    return bytes.subarray(taken);
  }

  #keep(bytes: Uint8Array): undefined {
    this.#kept = bytes;
  }
}
