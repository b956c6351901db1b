import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodeText, detectEncoding, guessCyrillicEncoding } from "../../../src/book/encoding.ts";
import { MixedDecoder } from "../../../src/book/mixed-encoding.ts";

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
    ["windows-1251", "windows-1251"],
    ["cp1251", "windows-1251"],
    ["win-1251", "windows-1251"],
    ["win1251", "windows-1251"],
    ["windows1251", "windows-1251"],
    ["cp-1251", "windows-1251"],
    ["koi8-r", "koi8-r"],
    ["koi8r", "koi8-r"],
    ["koi8-u", "koi8-u"],
    ["ibm866", "ibm866"],
    ["cp866", "ibm866"],
    ["dos-866", "ibm866"],
    ["iso-8859-5", "iso-8859-5"],
    ["x-mac-cyrillic", "x-mac-cyrillic"],
    ["mac-cyrillic", "x-mac-cyrillic"],
    [" WINDOWS-1251 ", "windows-1251"],
  ])("is believed when it is declared as %s", async (declared, label) => {
    const { text } = await read(encode(xml(declared), label));
    expect(text).toBe(xml("utf-8"));
  });

  it("is windows-1252 when iso-8859-1 is declared, as its authors mean it", async () => {
    const book = (name: string) => `<?xml version="1.0" encoding="${name}"?><p>“Café” — déjà</p>`;
    const { text } = await read(encode(book("iso-8859-1"), "windows-1252"));
    expect(text).toBe(book("utf-8"));
  });

  it.each(["utf-16", "us-ascii", "klingon"])(
    "is told by its letters when %s is declared over bytes that cannot be that",
    async (declared) => {
      const { label, text } = await read(encode(xml(declared), "koi8-r"));
      expect(label).toBe("koi8-r");
      expect(text).toBe(xml("utf-8"));
    },
  );

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

describe("a book in two encodings", () => {
  const [start, end] = ['<?xml version="1.0" encoding="utf-8"?><p>', "</p>"];
  const mixed = (...parts: Uint8Array[]) =>
    Buffer.concat([Buffer.from(start), ...parts, Buffer.from(end)]);
  const other = "Все счастливые семьи похожи друг на друга — так начинается эта книга. ";

  it.each(["windows-1251", "koi8-r", "iso-8859-5", "ibm866"])(
    "is read word by word, as UTF-8 and as %s",
    async (label) => {
      const bytes = mixed(Buffer.from(prose), encode(other, label), Buffer.from(prose));
      // A dash that the encoding lacks is no matter here.
      const expected = other.replace("—", label === "windows-1251" ? "—" : "?");
      expect((await read(bytes)).text).toBe(start + prose + expected + prose + end);
    },
  );

  it("is read so too when the eight-bit encoding is the declared one", async () => {
    const declared = '<?xml version="1.0" encoding="windows-1251"?>';
    const bytes = [Buffer.from(declared + prose), encode(other, "windows-1251")];
    const { text } = await read(Buffer.concat(bytes));
    expect(text).toBe(declared.replace("windows-1251", "utf-8") + prose + other);
  });

  it("loses no byte when a letter of UTF-8 is cut off, or its mark is followed by others", async () => {
    const cut = Buffer.from(prose).subarray(0, -2);
    expect((await read(cut)).text).toBe(`${prose.slice(0, -2)}Р`);
    const marked = Buffer.concat([Buffer.from("\ufeff<p>"), encode(prose, "windows-1251")]);
    expect((await read(marked)).text).toContain(prose);
  });

  it("is not what a book with hard spaces and dashes in windows-1251 is taken for", async () => {
    const text = "<p>А\u00a0— и\u00a0— а\u00a0—\u00a0да, С\u00a0Р\u00a0— «Р» Рёв Ті Ні.</p>";
    const bytes = encode(text.repeat(20), "windows-1251");
    expect(await read(bytes)).toEqual({ label: "windows-1251", text: text.repeat(20) });
  });

  const words = fc.array(
    fc.record({
      word: fc.array(fc.constantFrom(...Array.from("абвгдежзиклмнопрстуфхцчшщъыьэюя")), {
        minLength: 2,
        maxLength: 12,
      }),
      label: fc.constantFrom("utf-8", "windows-1251"),
      gap: fc.constantFrom(" ", ", ", "<br/>", "\n"),
    }),
  );

  it("is decoded to the same text however it is cut", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const bytes = Buffer.concat(
          parts.flatMap(({ word, label, gap }) => [
            label === "utf-8" ? Buffer.from(word.join("")) : encode(word.join(""), label),
            Buffer.from(gap),
          ]),
        );
        const text = parts.map(({ word, gap }) => word.join("") + gap).join("");
        expect(decodedInPieces(bytes, size)).toBe(text);
      }),
    );
  });

  it("gives any bytes at all a text without a sign for something lost", () => {
    const anyBytes = fc.uint8Array({ maxLength: 200 });
    const high = fc.array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 9000 });
    fc.assert(
      fc.property(fc.oneof(anyBytes, high.map(Uint8Array.from.bind(Uint8Array))), (bytes) => {
        const text = decodedInPieces(bytes, bytes.length || 1);
        const lost = Buffer.from(bytes).indexOf("\ufffd") >= 0;
        expect(text.includes("\ufffd")).toBe(lost);
        expect(decodedInPieces(bytes, 3)).toBe(text);
      }),
    );
  });
});

function decodedInPieces(bytes: Uint8Array, size: number): string {
  const decoder = new MixedDecoder("windows-1251");
  let text = "";
  for (let at = 0; at < bytes.length; at += size) {
    text += decoder.decode(bytes.subarray(at, at + size), { stream: true });
  }
  return text + decoder.decode();
}
