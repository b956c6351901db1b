import { describe, expect, it } from "vitest";

import type { BilingualOrder } from "../../../src/book/bilingual.ts";
import type { Segment } from "../../../src/book/segment.ts";
import { rewrite } from "../../support/rewriting.ts";

/** Translates each letter to one that Russian does not have. */
const translation = ({ text, skip }: Segment) =>
  skip ? undefined : text.replaceAll(/\p{L}/gu, "ђ");

function both(inner: string, bilingual: BilingualOrder = "original-first"): string {
  const before = "<FictionBook><body><section>";
  const after = "</section></body></FictionBook>";
  const book = rewrite(before + inner + after, translation, { bilingual });
  return book.slice(before.length, -after.length);
}

describe("a book with both languages", () => {
  it.each([
    [
      "has a second paragraph after each, and tells the original by its style and language",
      "<p>Да</p>\n<p>Я</p>",
      '<p><style name="original" xml:lang="ru">Да</style></p><p>ђђ</p>\n' +
        '<p><style name="original" xml:lang="ru">Я</style></p><p>ђ</p>',
    ],
    [
      "has two paragraphs in a title",
      "<title><p>Да</p></title>",
      '<title><p><style name="original" xml:lang="ru">Да</style></p><p>ђђ</p></title>',
    ],
    [
      "pairs the lines of a poem, and gives a stanza one subtitle",
      "<poem><stanza><subtitle>Я</subtitle><v>Да</v></stanza></poem>",
      '<poem><stanza><subtitle><style name="original" xml:lang="ru">Я</style> / ђ</subtitle>' +
        '<v><style name="original" xml:lang="ru">Да</style></v><v>ђђ</v></stanza></poem>',
    ],
    [
      "keeps the cells of a table",
      "<table><tr><td>Да</td></tr></table>",
      '<table><tr><td><style name="original" xml:lang="ru">Да</style> / ђђ</td></tr></table>',
    ],
    [
      "has ids, references to notes and pictures in the first of the two only",
      '<p id="a">Да<a type="note" l:href="#n">[1]</a> <image l:href="#i"/><strong id="b">я</strong></p>',
      '<p id="a"><style name="original" xml:lang="ru">Да<a type="note" l:href="#n">[1]</a> ' +
        '<image l:href="#i"/><strong id="b">я</strong></style></p><p>ђђ <strong>ђ</strong></p>',
    ],
    [
      "does not cut a paragraph inside a tag that leads out of it",
      "<p><emphasis>Да<empty-line/>нет</emphasis></p>",
      "<p><emphasis>Да / ђђ<empty-line/>нет</emphasis> / ђђђ</p>",
    ],
    ["leaves what is not translated alone", "<p>***</p><p xml:lang='en'>Да</p>", undefined],
    [
      "keeps the prefix of its tags",
      "<f:p>Да</f:p>",
      '<f:p><f:style name="original" xml:lang="ru">Да</f:style></f:p><f:p>ђђ</f:p>',
    ],
    [
      "shows both in what a picture says",
      '<image l:href="#i" alt="Да"/>',
      '<image l:href="#i" alt="Да / ђђ"/>',
    ],
  ])("%s", (_, inner, expected) => {
    expect(both(inner)).toBe(expected ?? inner);
  });

  it("can have the translation first", () => {
    const inner = '<p id="a">Да <emphasis>я</emphasis> &amp; &foo;</p>';
    expect(both(inner, "translation-first")).toBe(
      '<p id="a">ђђ <emphasis>ђ</emphasis> &amp; &foo;</p>' +
        '<p><style name="original" xml:lang="ru">Да <emphasis>я</emphasis> &amp; &foo;</style></p>',
    );
  });

  it("has both titles in its description, and text once that is the same in both", () => {
    const book =
      "<FictionBook><description><title-info><book-title>Да</book-title></title-info>" +
      "</description><body><p>ђ</p></body></FictionBook>";
    expect(rewrite(book, translation, { bilingual: "translation-first" })).toBe(
      book.replace("Да", "ђђ / Да"),
    );
  });
});
