import { describe, expect, it } from "vitest";

import { inspectBook } from "../../src/book/inspection.ts";
import { openBook } from "../../src/book/source.ts";
import { corpusBooks, corpusMissing, corpusPath } from "../support/corpus.ts";

const books = corpusBooks();

async function languagesOf(name: string): Promise<[language: string, share: number][]> {
  return Object.entries((await inspectBook(await openBook(corpusPath(name)), "ru")).languages);
}

describe.skipIf(corpusMissing)("by the vote of its words", () => {
  it.each(books.filter((name) => name.startsWith("books/")))("%s is Russian", async (name) => {
    const [[first, share] = ["", 0]] = await languagesOf(name);
    expect(first).toBe("ru");
    expect(share).toBeGreaterThan(0.95);
  });

  it.each([
    ["Ukrainian", "MiniHelp.240x320.uk.fb2", "uk"],
    ["English", "MiniHelp.240x320.en.fb2", "en"],
    ["English", "Golden_Spears", "en"],
  ])("a book in %s (%s) is that", async (_language, part, tag) => {
    const name = books.find((book) => book.includes(part)) ?? "";
    expect((await languagesOf(name))[0]?.[0]).toBe(tag);
  });

  it("a book in Chinese is in none of the languages that are known", async () => {
    const name = books.find((book) => book.includes("zh_cn")) ?? "";
    expect((await languagesOf(name))[0]?.[0]).toBe("unknown");
  });
});
