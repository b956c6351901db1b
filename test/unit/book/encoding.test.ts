import { describe, expect, it } from "vitest";

import { decodeText, detectEncoding, guessCyrillicEncoding } from "../../../src/book/encoding.ts";

async function* chunksOf(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, size?: number): Promise<{ label: string; text: string }> {
  const encoding = await detectEncoding(chunksOf(bytes, size));
  let text = "";
  for await (const piece of decodeText(chunksOf(bytes, size), encoding, true)) text += piece;
  return { label: encoding.label, text };
}

/** Bytes of `text` in an eight-bit encoding, by asking the decoder for every byte. */
function encode(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const table = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte -= 1) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from(text, (character) => table.get(character) ?? 0x3f);
}

const prose = "Он долго смотрел на неё и ничего не говорил; за окном шёл снег, и было очень тихо.";
const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><p>${prose}</p>`;

describe("the encoding of a book", () => {
  it.each(["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"])(
    "is told by its letters when it is %s and nothing declares it",
    (label) => {
      expect(guessCyrillicEncoding(encode(prose, label))).toBe(label);
    },
  );

  it.each([
    ["win-1251", "windows-1251"],
    ["koi8r", "koi8-r"],
    ["dos-866", "ibm866"],
  ])("is believed when it is declared as %s", async (declared, label) => {
    const { text } = await read(encode(xml(declared), label));
    expect(text).toBe(xml("utf-8"));
  });

  it("is not believed when UTF-8 is declared over other bytes", async () => {
    const { label, text } = await read(encode(xml("utf-8"), "windows-1251"));
    expect(label).toBe("windows-1251");
    expect(text).toContain(prose);
  });

  it("is UTF-8 when the bytes are, whatever is declared, and a byte order mark stays", async () => {
    const { text } = await read(Buffer.from(`\ufeff${xml("windows-1251")}`), 1);
    expect(text).toBe(`\ufeff${xml("utf-8")}`);
  });

  it("is UTF-16 by its first bytes, with or without a mark, which goes", async () => {
    const little = Buffer.from(`\ufeff${xml("utf-16")}`, "utf16le");
    expect(await read(little)).toEqual({ label: "utf-16le", text: xml("utf-8") });
    const big = Buffer.from(xml("utf-16"), "utf16le").swap16();
    expect(await read(big)).toEqual({ label: "utf-16be", text: xml("utf-8") });
  });
});
