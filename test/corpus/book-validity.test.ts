import { describe, expect, it } from "vitest";

import type { EditionFault } from "../../src/book/edition-fault.ts";
import { openBook } from "../../src/book/source.ts";
import { editionBytes, type Edition } from "../../src/book/writing.ts";
import { corpusBooks, corpusMissing, corpusPath } from "../support/corpus.ts";
import { schemaErrors } from "../support/schema.ts";
import { pseudoTranslation } from "../support/rewriting.ts";

const books = corpusBooks().filter((name) => !name.includes("/BAD_"));

const unchanged: Edition = { sourceLanguage: "ru", translationOf: () => undefined };
const translated: Edition = {
  sourceLanguage: "ru",
  translationOf: (segment) => (segment.skip ? undefined : pseudoTranslation(segment.text)),
  metadata: {
    language: "sr",
    sourceLanguage: "ru",
    documentId: "6f1c1f4e-0000-5000-8000-000000000001",
    date: "2026-01-02",
    program: "fbtr 0.1.0",
    translator: "fbtr",
    historyNote: "Translated & checked <by> a test.",
  },
};

async function written(name: string, edition: Edition): Promise<string> {
  const source = await openBook(corpusPath(name));
  const chunks: Uint8Array[] = [];
  for await (const chunk of editionBytes(source, edition)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const EDITIONS = {
  original: unchanged,
  translation: translated,
  "original first": { ...translated, bilingual: "original-first" },
  "translation first": { ...translated, bilingual: "translation-first" },
} as const satisfies Record<string, Edition>;
type EditionName = keyof typeof EDITIONS;

/** Each kind of error once: without the values of the book, and what would have been expected. */
function kindsOf(errors: readonly string[]): string[] {
  const messages = errors.filter((message) => message.includes("error :"));
  const kinds = messages.map((message) =>
    message.replaceAll(/ Expected is.*/g, "").replaceAll(/\d+|'[^'{}]*'/g, "…"),
  );
  return [...new Set(kinds)].sort();
}

const judged = new Map<string, Promise<Map<EditionName, string[]>>>();

/** The errors of all editions of a book, found once. */
async function errorsOf(name: string): Promise<Map<EditionName, string[]>> {
  const errors = judged.get(name) ?? judge(name);
  judged.set(name, errors);
  return errors;
}

async function judge(name: string): Promise<Map<EditionName, string[]>> {
  const names = Object.keys(EDITIONS) as EditionName[];
  const contents = await Promise.all(names.map((edition) => written(name, EDITIONS[edition])));
  const errors = await schemaErrors(contents);
  return new Map(names.map((edition, place) => [edition, kindsOf(errors[place] ?? [])]));
}

/** The errors of an edition that the original has not. */
async function newErrors(name: string, edition: EditionName): Promise<string[]> {
  const errors = await errorsOf(name);
  const before = errors.get("original") ?? [];
  return (errors.get(edition) ?? []).filter((error) => !before.includes(error));
}

describe.skipIf(corpusMissing)("by the official schema, a translation", () => {
  it.each(books)("of %s has no error that the book had not", async (name) => {
    expect(await newErrors(name, "translation")).toEqual([]);
  });

  it.each(books)("of %s beside the original has none either", async (name) => {
    expect(await newErrors(name, "original first")).toEqual([]);
    expect(await newErrors(name, "translation first")).toEqual([]);
  });
});

describe.skipIf(corpusMissing)("by its outline, a translation", () => {
  it.each(books)("of %s leaves markup, links and pictures alone", async (name) => {
    const faults: string[] = [];
    const onFault = ({ check, message }: EditionFault) => faults.push(`${check}: ${message}`);
    await written(name, { ...translated, onFault });
    expect(faults).toEqual([]);
  });
});
