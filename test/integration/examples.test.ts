import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { segmentsOf } from "../../src/book/reading.ts";
import type { Segment } from "../../src/book/segment.ts";
import { openBook } from "../../src/book/source.ts";
import { corpusMissing } from "../support/corpus.ts";
import { pseudoTranslation, rewrite, textOfBook } from "../support/rewriting.ts";
import { schemaErrors } from "../support/schema.ts";

const example = (name: string) => join(import.meta.dirname, "../../examples", name);
const BOOK = example("vechernij-poezd.fb2");
const TWIN = example("vechernij-poezd.cp1251.fb2");

async function segmentsIn(path: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for await (const segment of segmentsOf(await openBook(path), "ru")) segments.push(segment);
  return segments;
}

describe("the example story", () => {
  it("has a twin in windows-1251 with the same text", async () => {
    expect(await (await openBook(BOOK)).encoding()).toMatchObject({ label: "utf-8" });
    expect(await (await openBook(TWIN)).encoding()).toMatchObject({ label: "windows-1251" });
    const twin = await textOfBook(TWIN);
    expect(twin).toContain('encoding="windows-1251"');
    expect(twin.replace("windows-1251", "utf-8")).toBe(await textOfBook(BOOK));
    const texts = (segments: readonly Segment[]) => segments.map(({ text }) => text);
    expect(texts(await segmentsIn(TWIN))).toEqual(texts(await segmentsIn(BOOK)));
  });

  it("leaves as it came when nothing is translated", async () => {
    const text = await textOfBook(BOOK);
    expect(rewrite(text, () => undefined)).toBe(text);
  });

  it("shows each kind of segment", async () => {
    const segments = await segmentsIn(BOOK);
    const elements = new Set(segments.map(({ element }) => element));
    const all =
      "book-title date image@alt image@title keywords p sequence@name subtitle td text-author th v";
    expect([...elements].sort().join(" ")).toBe(all);
    const text = (start: string) => segments.find((segment) => segment.text.includes(start))?.text;
    expect(text("Начальник станции, Пётр")).toContain("тридцать лет<1/>. За эти");
    expect(text("Вечер</1>ний")).toBe("— <1>Вечер</1>ний, — сказал он.");
    expect(text("Ниже стояли")).toMatch(/два слова: <1\/><2\/>$/);
  });

  it.skipIf(corpusMissing)("is valid by the official schema", async () => {
    const text = await textOfBook(BOOK);
    expect(await schemaErrors([text])).toEqual([[]]);
    const metadata = {
      language: "sr",
      sourceLanguage: "ru",
      documentId: "fbtr-test",
      date: "2026-01-02",
      program: "fbtr",
      translator: "fbtr",
      historyNote: "Translated.",
    } as const;
    const translated = rewrite(text, (segment) => pseudoTranslation(segment.text), { metadata });
    expect(translated).not.toBe(text);
    expect(await schemaErrors([translated])).toEqual([[]]);
  });
});
