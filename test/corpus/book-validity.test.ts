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

/**
 * What libxml2 says of the book, each kind of error once: without the values of the book, the
 * lines that it quotes, and what it would have expected (which depends on what stands before).
 */
async function errorsOf(contents: string): Promise<string[]> {
  const messages = (await schemaErrors(contents)).filter((message) => message.includes("error :"));
  const kinds = messages.map((message) =>
    message.replaceAll(/ Expected is.*/g, "").replaceAll(/\d+|'[^'{}]*'/g, "…"),
  );
  return [...new Set(kinds)].sort();
}

const known = new Map<string, Promise<string[]>>();

/** The errors that a book has by itself; found once. */
async function ownErrorsOf(name: string): Promise<string[]> {
  const errors = known.get(name) ?? written(name, unchanged).then(errorsOf);
  known.set(name, errors);
  return errors;
}

describe.skipIf(corpusMissing)("by the official schema, a translation", () => {
  it.each(books)("of %s has no error that the book had not", async (name) => {
    const before = await ownErrorsOf(name);
    const after = await errorsOf(await written(name, translated));
    expect(after.filter((error) => !before.includes(error))).toEqual([]);
  });

  it.each(books)("of %s beside the original has none either", async (name) => {
    const before = await ownErrorsOf(name);
    for (const bilingual of ["original-first", "translation-first"] as const) {
      const after = await errorsOf(await written(name, { ...translated, bilingual }));
      expect(after.filter((error) => !before.includes(error))).toEqual([]);
    }
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
