import { describe, expect, it } from "vitest";

import type { Segment } from "../../src/book/segment.ts";
import { corpusBooks, corpusMissing, corpusPath } from "../support/corpus.ts";
import { pseudoTranslation, rewrite, textOfBook } from "../support/rewriting.ts";

/** Two archives of the corpus are broken on purpose. */
const books = corpusBooks().filter((name) => !name.includes("/BAD_"));

/** All that is not text between tags: tags with their attributes, in order. */
const tagsOf = (text: string) => text.match(/<[/?!]?[\p{L}_:-][^<>]*>/gu);

describe.skipIf(corpusMissing)("every book of the corpus", () => {
  it.each(books)("leaves %s as it came when nothing is translated", async (name) => {
    const text = await textOfBook(corpusPath(name));
    expect(rewrite(text, () => undefined)).toBe(text);
  });

  it.each(books)("gives the same segments and output for %s however it is cut", async (name) => {
    const text = (await textOfBook(corpusPath(name))).slice(0, 200_000);
    const translate = (segment: Segment) => pseudoTranslation(segment.text);
    const whole = rewrite(text, translate);
    expect(rewrite(text, translate, { chunkSize: 4096 })).toBe(whole);
    expect(rewrite(text, translate, { chunkSize: 1 })).toBe(whole);
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
