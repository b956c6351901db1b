import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  MAX_INTEGER,
  encodeInteger,
  readInteger,
} from "../../../../src/transport/http3/variable-integers.ts";

const integers = fc.oneof(fc.nat(70), fc.nat(20_000), fc.nat(), fc.nat(MAX_INTEGER));

describe("integers of variable length", () => {
  it.each([
    // The examples of RFC 9000, appendix A.1.
    ["25", 37],
    ["7bbd", 15_293],
    ["9d7f3e7d", 494_878_333],
  ])("%s is %d", (hex, value) => {
    expect(encodeInteger(value).toString("hex")).toBe(hex);
    expect(readInteger(Buffer.from(hex, "hex"), 0)).toEqual({ value, next: hex.length / 2 });
  });

  it("may be longer than they have to be", () => {
    expect(readInteger(Buffer.from("4025", "hex"), 0)?.value).toBe(37);
  });

  it("come back whatever stands around them, and never from a part of them", () => {
    fc.assert(
      fc.property(integers, fc.uint8Array(), fc.uint8Array(), (value, before, after) => {
        const encoded = encodeInteger(value);
        const bytes = Buffer.concat([before, encoded, after]);
        const next = before.length + encoded.length;
        expect(readInteger(bytes, before.length)).toEqual({ value, next });
        expect(readInteger(bytes.subarray(0, next - 1), before.length)).toBeUndefined();
      }),
    );
  });
});
