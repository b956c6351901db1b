import { describe, expect, it } from "vitest";

import { withoutMarkers } from "../../src/book/markers.ts";
import type { Segment } from "../../src/book/segment.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { findingsOf } from "../../src/engine/checks/table.ts";
import { autofixed } from "../../src/language/checks/autofix.ts";
import { bookFindings, type BookPair } from "../../src/language/checks/book.ts";
import { corpusMissing, corpusPath } from "../support/corpus.ts";
import { rewrite, textOfBook } from "../support/rewriting.ts";

const BOOKS = ["anna_na_shee", "ariadna", "onegin", "voskresenie"];
/** Lines that the draft engine may leave in Russian: there the checks are right. */
const LEFT_IN_RUSSIAN = new Map([["onegin", ["Како Сади"]]]);
const DRAFTED = BOOKS.map((book) => ({ book, leftInRussian: LEFT_IN_RUSSIAN.get(book) ?? [] }));
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

/** What the checks call errors in the draft of a book. */
async function draftErrors(book: string): Promise<string[]> {
  if (engine === undefined) return [];
  const faults: string[] = [];
  const pairs: BookPair[] = [];
  for (const segment of await segmentsOf(book)) {
    if (segment.skip !== undefined) continue;
    const { index, kind, text } = segment;
    const draft = engine.translate(text).text;
    const errors = errorsOf(segment, autofixed({ kind, source: text, translation: draft }));
    if (errors.length > 0) faults.push(`${errors.join(" ")}: ${draft}`);
    pairs.push({ index, kind, source: withoutMarkers(text), translation: withoutMarkers(draft) });
  }
  const inBook = [...bookFindings(pairs)].filter(({ severity }) => severity === "error");
  return [...faults, ...inBook.map(({ check, message }) => `${check}: ${message}`)];
}

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

  it.each(DRAFTED)("find no error in the draft of $book", { timeout: 120_000 }, async (drafted) => {
    const { book, leftInRussian } = drafted;
    const errors = await draftErrors(book);
    expect(errors.filter((error) => !leftInRussian.some((line) => error.includes(line)))).toEqual(
      [],
    );
  });
});
