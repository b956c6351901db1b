import { describe, expect, it } from "vitest";

import { decodeText, type Encoding } from "../../src/book/encoding.ts";
import type { Segment } from "../../src/book/segment.ts";
import { openBook } from "../../src/book/source.ts";
import { corpusBooks, corpusMissing, corpusPath } from "../support/corpus.ts";
import { pseudoTranslation, rewrite, textOfBook } from "../support/rewriting.ts";

/** Two archives of the corpus are broken on purpose. */
const books = corpusBooks().filter((name) => !name.includes("/BAD_"));

/** Bytes of `text` in the encoding that it was read in. */
function encoded(text: string, { label }: Encoding): Buffer {
  if (label === "utf-8") return Buffer.from(text);
  if (label === "utf-16le") return Buffer.from(text, "utf16le");
  if (label === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const decoder = new TextDecoder(label);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const table = new Map(bytes.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const));
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0));
}

function withoutUtf16Mark(bytes: Buffer, { label }: Encoding): Buffer {
  const hasMark = label.startsWith("utf-16") && (bytes[0] === 0xfe || bytes[0] === 0xff);
  return hasMark ? bytes.subarray(2) : bytes;
}

/** All that is not text between tags: tags with their attributes, in order. */
const tagsOf = (text: string) => text.match(/<[/?!]?[\p{L}_:-][^<>]*>/gu);

describe.skipIf(corpusMissing)("every book of the corpus", () => {
  it.each(books)("leaves %s as it came when nothing is translated", async (name) => {
    const text = await textOfBook(corpusPath(name));
    expect(rewrite(text, () => undefined)).toBe(text);
  });

  it.each(books)("decodes %s without losing a byte", async (name) => {
    const book = await openBook(corpusPath(name));
    const encoding = await book.encoding();
    const chunks: Uint8Array[] = [];
    for await (const chunk of book.bytes()) chunks.push(Uint8Array.from(chunk));
    let text = "";
    for await (const piece of decodeText(book.bytes(), encoding, false)) text += piece;
    const bytes = withoutUtf16Mark(Buffer.concat(chunks), encoding);
    expect(encoded(text, encoding).equals(bytes)).toBe(true);
  });

  it.each(books)("gives the same output for %s however it is cut", async (name) => {
    const text = await textOfBook(corpusPath(name));
    const translate = (segment: Segment) => pseudoTranslation(segment.text);
    const whole = rewrite(text, translate);
    expect(rewrite(text, translate, { chunkSize: 4096 })).toBe(whole);
    expect(rewrite(text, translate, { chunkSize: 1 })).toBe(whole);
  });

  it.each(books)("gives the same pairs for %s however it is cut", async (name) => {
    const text = await textOfBook(corpusPath(name));
    const translate = (segment: Segment) => pseudoTranslation(segment.text);
    const bilingual = "original-first";
    const whole = rewrite(text, translate, { bilingual });
    expect(rewrite(text, translate, { bilingual, chunkSize: 101 })).toBe(whole);
    expect(whole.match(/<binary[^]*?<\/binary>/g)).toEqual(text.match(/<binary[^]*?<\/binary>/g));
  });

  it.each(books)("keeps tags, attributes and binaries of %s in a translation", async (name) => {
    const text = await textOfBook(corpusPath(name));
    const isTextual = (segment: Segment) => segment.kind !== "attribute";
    const translated = rewrite(text, (segment) =>
      isTextual(segment) ? pseudoTranslation(segment.text) : undefined,
    );
    expect(tagsOf(translated)).toEqual(tagsOf(text));
    expect(translated.match(/<binary[^]*?<\/binary>/g)).toEqual(
      text.match(/<binary[^]*?<\/binary>/g),
    );
  });
});
