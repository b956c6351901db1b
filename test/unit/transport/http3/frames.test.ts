import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  EMPTY_RESERVED_FRAME,
  FRAME,
  FrameReader,
  MAX_FRAME_BYTES,
  encodeFrame,
} from "../../../../src/transport/http3/frames.ts";
import { Http3Error } from "../../../../src/transport/http3/http3-error.ts";
import { encodeInteger } from "../../../../src/transport/http3/variable-integers.ts";

type Frame = readonly [type: number, payload: string];

/** What is read of `bytes` when they come in pieces that end at `cuts`; DATA is put together. */
function framesOf(bytes: Uint8Array, cuts: readonly number[]): Frame[] {
  const frames: [number, string][] = [];
  let isData = false;
  const reader = new FrameReader((type, payload) => {
    const hex = Buffer.from(payload).toString("hex");
    const last = frames.at(-1);
    if (type === FRAME.DATA && isData && last) last[1] += hex;
    else frames.push([type, hex]);
    isData = type === FRAME.DATA;
  });
  const places = [...cuts.filter((cut) => cut < bytes.length), bytes.length];
  let start = 0;
  for (const end of places.sort((one, other) => one - other)) {
    reader.push(bytes.subarray(start, end));
    start = end;
  }
  expect(reader.isBetweenFrames).toBe(true);
  return frames;
}

function errorOf(step: () => void): unknown {
  try {
    step();
    return undefined;
  } catch (error) {
    return error;
  }
}

const frame = fc.tuple(fc.constantFrom(...Object.values(FRAME)), fc.uint8Array({ maxLength: 300 }));

describe("frames", () => {
  it("come out whole, wherever the stream is cut", () => {
    const bytes = Buffer.concat([
      encodeFrame(FRAME.HEADERS, Buffer.alloc(70, 1)),
      encodeFrame(FRAME.DATA, Buffer.alloc(100, 2)),
      encodeFrame(0x21 + 0x1f * 1000, Buffer.alloc(80, 3)),
      encodeFrame(FRAME.GOAWAY, Buffer.of(0)),
    ]);
    const whole = framesOf(bytes, []);
    expect(whole.map(([type]) => type)).toEqual([FRAME.HEADERS, FRAME.DATA, FRAME.GOAWAY]);
    for (let cut = 1; cut < bytes.length; cut += 1) expect(framesOf(bytes, [cut])).toEqual(whole);
    expect(framesOf(bytes, [...bytes.keys()].slice(1))).toEqual(whole);
  });

  it("come out the same in whatever pieces they come", () => {
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(2000)), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(([type, payload]) => encodeFrame(type, payload)));
        expect(framesOf(bytes, cuts)).toEqual(framesOf(bytes, []));
      }),
    );
  });

  it("pass DATA on before it is complete, and know that it is not", () => {
    const pieces: number[] = [];
    const reader = new FrameReader((_, payload) => pieces.push(payload.length));
    reader.push(encodeFrame(FRAME.DATA, Buffer.alloc(100)).subarray(0, 50));
    expect(pieces).toEqual([47]);
    expect(reader.isBetweenFrames).toBe(false);
  });

  it("tell of an empty DATA frame, and skip a reserved one", () => {
    const bytes = Buffer.concat([encodeFrame(FRAME.DATA, Buffer.alloc(0)), EMPTY_RESERVED_FRAME]);
    expect(framesOf(bytes, [])).toEqual([[FRAME.DATA, ""]]);
  });

  it("are refused if they are of HTTP/2", () => {
    const reader = new FrameReader(() => undefined);
    expect(() => reader.push(encodeFrame(0x8, Buffer.alloc(4)))).toThrow(
      expect.objectContaining({ code: "FRAME_UNEXPECTED" }),
    );
  });

  it("are refused before they come if they are too large to be kept", () => {
    const reader = new FrameReader(() => undefined);
    const start = Buffer.concat([encodeInteger(FRAME.HEADERS), encodeInteger(MAX_FRAME_BYTES + 1)]);
    expect(() => reader.push(start)).toThrow(
      expect.objectContaining({ code: "EXCESSIVE_LOAD", scope: "connection" }),
    );
  });

  it("meet any bytes with frames or a named error", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (pieces) => {
        const reader = new FrameReader(() => undefined);
        const error = errorOf(() => pieces.forEach((piece) => reader.push(piece)));
        expect(error === undefined || error instanceof Http3Error).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
