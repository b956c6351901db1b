import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { inspectBook, type BookInspection } from "../../../src/book/inspection.ts";
import { openBook } from "../../../src/book/source.ts";
import { tempDir } from "../../support/temp-dir.ts";

async function inspected(content: string): Promise<BookInspection> {
  await using dir = await tempDir();
  await writeFile(dir.file("a.fb2"), content);
  return await inspectBook(await openBook(dir.file("a.fb2")), "ru");
}

const fixture = (name: string) => join(import.meta.dirname, "../../fixtures/books", name);

describe("the inspection of a book", () => {
  it("tells what the description says, and only what it says", async () => {
    const person =
      "<first-name>Антон</first-name><middle-name>Павлович</middle-name><last-name>Чехов</last-name>";
    const book = await inspected(
      `<FictionBook><description><title-info><genre>prose</genre><genre>humor</genre>
      <author>${person}</author><author><nickname>Человек без&#160;селезёнки</nickname></author>
      <book-title>Пари</book-title><date value="1889-01-01">1889</date><lang>ru</lang>
      <src-lang>en</src-lang><translator><nickname>Т</nickname></translator>
      <sequence name="Рассказы" number="2"/></title-info>
      <src-title-info><genre>sf</genre><lang>en</lang></src-title-info></description>
      <body><p>Да.</p></body></FictionBook>`,
    );
    expect(book).toMatchObject({
      title: "Пари",
      authors: ["Антон Павлович Чехов", "Человек без селезёнки"],
      translators: ["Т"],
      genres: ["prose", "humor"],
      language: "ru",
      sourceLanguage: "en",
      date: "1889-01-01",
      sequences: [{ name: "Рассказы", number: "2" }],
    });
    const silent = await inspected("<FictionBook><body><p>Да.</p></body></FictionBook>");
    expect(silent).toMatchObject({ title: "", authors: [], genres: [], sequences: [] });
    expect(silent).not.toHaveProperty("language");
  });

  it("shows sections as a tree, by body", async () => {
    const section = (title: string, inner = "") =>
      `<section><title><p>${title}</p></title><p>Текст.</p>${inner}</section>`;
    const { sections } = await inspected(
      `<FictionBook><body>${section("Первая", section("Внутри"))}${section("Вторая")}</body>` +
        `<body name="notes"><section id="n1"><p>Сноска.</p></section></body></FictionBook>`,
    );
    expect(sections).toEqual([
      { number: 1, depth: 1, title: "Первая", segments: 2 },
      { number: 2, depth: 2, title: "Внутри", segments: 2 },
      { number: 3, depth: 1, title: "Вторая", segments: 2 },
      { number: 4, depth: 1, body: "notes", title: "", segments: 1 },
    ]);
  });

  it("counts links that lead nowhere and images that are missing", async () => {
    const { references } = await inspectBook(
      await openBook(fixture("07-dangling-references.fb2")),
      "ru",
    );
    expect(references).toEqual({
      notes: 1,
      images: 2,
      binaries: 1,
      missingImages: 1,
      links: 1,
      danglingLinks: 1,
    });
  });

  it("takes links by any prefix, and links to the world for none of its own", async () => {
    const { references } = await inspectBook(await openBook(fixture("06-link-prefixes.fb2")), "ru");
    expect(references).toMatchObject({ notes: 5, links: 5, danglingLinks: 0, missingImages: 0 });
  });

  it("votes on the languages of the text, verses together", async () => {
    const russian = "<p>Он долго смотрел на неё и ничего не говорил, а за окном шёл снег.</p>";
    const french =
      "<p>Il la regarda longtemps sans rien dire, et dehors la neige tombait sur la ville, sur les toits et sur le pont.</p>";
    const { languages } = await inspected(
      `<FictionBook><body>${russian.repeat(6)}${french}</body></FictionBook>`,
    );
    expect(Object.keys(languages)).toEqual(["ru", "fr"]);
    expect(languages["ru"]).toBeCloseTo(0.79, 1);
  });

  it("foresees the size of the translation in both scripts", async () => {
    const content = `<FictionBook><body><p>${"слово ".repeat(1000)}</p></body></FictionBook>`;
    const { outputBytes } = await inspected(content);
    expect(outputBytes.cyrillic).toBe(Buffer.byteLength(content));
    expect(outputBytes.latin).toBe(Buffer.byteLength(content) - 4500);
  });

  it("names both encodings of a mixed file", async () => {
    const book = await inspectBook(await openBook(fixture("17-mixed-encodings.fb2")), "ru");
    expect(book.encoding).toEqual({
      found: "utf-8 and windows-1251",
      declared: "utf-8",
      by: "mixed",
    });
  });
});
