import { describe, expect, it } from "vitest";

import { withoutMarkers } from "../../src/book/markers.ts";
import type { Segment } from "../../src/book/segment.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { findingsOf } from "../../src/engine/checks/table.ts";
import { autofixed } from "../../src/language/checks/autofix.ts";
import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { rewrite, textOfBook } from "../support/rewriting.ts";

const SHORT_BOOKS = ["anna_na_shee", "ariadna"];
const BOOKS = [...SHORT_BOOKS, "onegin", "voskresenie"];
/** Names, figures and passages in French may stay as they are; they have no such word. */
const RUSSIAN_WORD = /(?<![\p{L}\p{M}-])[а-яё]{4,}/u;
/** Lines that are good Serbian as they stand. */
const SERBIAN_TOO = new Set(["И труд, и мука, и отрада,", "A prima donna? а балет?"]);
const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;

async function segmentsOf(book: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  rewrite(
    await textOfBook(corpusPath(`books/${book}.fb2`)),
    (segment) => {
      segments.push(segment);
      return segment.text;
    },
    { chunkSize: 65_536 },
  );
  return segments;
}

function errorsOf({ kind, text }: Segment, translation: string): string[] {
  return findingsOf({ source: text, translation, kind })
    .filter(({ severity }) => severity === "error")
    .map(({ check }) => check);
}

const engine = corpusMissing ? undefined : await createDraftEngine();

describe.skipIf(corpusMissing)("the checks on books", () => {
  it.each(BOOKS)("take no Russian text of %s for its translation", async (book) => {
    const passed = (await segmentsOf(book)).filter((segment) => {
      const plain = withoutMarkers(segment.text);
      const words = plain.match(WORD) ?? [];
      const isRussian =
        segment.skip === undefined && RUSSIAN_WORD.test(plain) && !SERBIAN_TOO.has(plain);
      return isRussian && words.length > 3 && errorsOf(segment, segment.text).length === 0;
    });
    expect(passed.map(({ text }) => text)).toEqual([]);
  });

  it.each(SHORT_BOOKS)("find no error in the draft of %s after the autofixes", async (book) => {
    const faults = (await segmentsOf(book)).flatMap((segment) => {
      if (segment.skip !== undefined || engine === undefined) return [];
      const { kind, text } = segment;
      const translation = autofixed({
        kind,
        source: text,
        translation: engine.translate(text).text,
      });
      const errors = errorsOf(segment, translation);
      return errors.length === 0 ? [] : [`${errors.join(" ")}: ${translation}`];
    });
    expect(faults).toEqual([]);
  });
});
