import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Http3Error } from "../../../../src/transport/http3/http3-error.ts";
import { decodeHuffman } from "../../../../src/transport/http3/huffman.ts";
import { decodeFields, encodeFields } from "../../../../src/transport/http3/qpack.ts";

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");
const latin1 = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));
const fields = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom(":path", "content-type", ":method"), latin1), latin1),
);

function errorOf(step: () => unknown): unknown {
  try {
    step();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("Huffman-coded texts", () => {
  it.each([
    // The examples of RFC 7541, appendix C.4 and C.6.
    ["f1e3 c2e5 f23a 6ba0 ab90 f4ff", "www.example.com"],
    ["a8eb 1064 9cbf", "no-cache"],
    ["25a8 49e9 5ba9 7d7f", "custom-key"],
    ["d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff", "Mon, 21 Oct 2013 20:13:21 GMT"],
    ["9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3", "https://www.example.com"],
    ["", ""],
  ])("%s is %s", (hex, text) => {
    expect(decodeHuffman(bytesOf(hex))).toBe(text);
  });

  it.each([
    ["padding of zeros", "a0"],
    ["padding of a whole byte", "f1e3 c2e5 f23a 6ba0 ab90 f4ff ff"],
    ["the end-of-string code", "ffff ffff"],
  ])("are refused with %s", (_, hex) => {
    expect(() => decodeHuffman(bytesOf(hex))).toThrow(Http3Error);
  });
});

describe("QPACK without a dynamic table", () => {
  it("takes names and values from the static table", () => {
    const encoded = encodeFields([
      [":method", "GET"],
      [":path", "/index.html"],
    ]);
    // The second line is the example of RFC 9204, appendix B.1.
    expect(encoded).toEqual(bytesOf("0000 d1 51 0b 2f69 6e64 6578 2e68 746d 6c"));
  });

  it("decodes what it has encoded", () => {
    fc.assert(
      fc.property(fields, (lines) => {
        expect(decodeFields(encodeFields(lines))).toEqual(lines);
      }),
    );
  });

  it("decodes Huffman-coded names and values", () => {
    const bytes = bytesOf("0000 2f01 25a8 49e9 5ba9 7d7f 89 25a8 49e9 5bb8 e8b4 bf");
    expect(decodeFields(bytes)).toEqual([["custom-key", "custom-value"]]);
  });

  it.each([
    ["counts on inserted entries", "0200"],
    ["indexes the dynamic table", "0000 80"],
    ["names by the dynamic table", "0000 40 00"],
    ["indexes behind the base", "0000 10"],
    ["names behind the base", "0000 00 00"],
    ["indexes more than there is", "0000 ff 25"],
    ["has an endless integer", "0000 ff ffff ffff ffff ff"],
    ["has a text that is too long", "0000 51 7e 61"],
    ["is empty", ""],
  ])("refuses a header that %s", (_, hex) => {
    expect(() => decodeFields(bytesOf(hex))).toThrow(
      expect.objectContaining({ code: "QPACK_DECOMPRESSION_FAILED", scope: "connection" }),
    );
  });

  it("meets any bytes with fields or a named error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const error = errorOf(() => decodeFields(Buffer.concat([bytesOf("0000"), bytes])));
        expect(error === undefined || error instanceof Http3Error).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
