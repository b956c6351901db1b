import { describe, expect, it } from "vitest";

import { BookOutline } from "../../../src/book/outline.ts";

/** A book with this body; everything else is the same in each. */
const bookOf = (body: string, description = "<lang>ru</lang>") =>
  `<?xml version="1.0" encoding="utf-8"?><FictionBook><description><title-info>${description}` +
  `</title-info></description><body>${body}</body>` +
  `<binary id="p.png">AAAA</binary></FictionBook>`;

function outlineOf(book: string, chunkSize = 7): BookOutline {
  const outline = new BookOutline();
  for (let at = 0; at < book.length; at += chunkSize) outline.write(book.slice(at, at + chunkSize));
  outline.end();
  return outline;
}

const faultsOf = (source: string, edition: string) =>
  outlineOf(source).faultsOf(outlineOf(edition, 11));

const SOURCE = bookOf(
  `<section id="s1"><p>Он <emphasis>встал</emphasis><a l:href="#n1">1</a>.</p></section>` +
    `<section><image l:href="#p.png" alt="Дом"/><p>Дождь</p></section>`,
);
const change = (from: string, to: string) => {
  const changed = SOURCE.replace(from, to);
  if (changed === SOURCE) throw new Error(`${from} is not in the book`);
  return changed;
};

describe("a translation", () => {
  it.each([
    ["text", "Дождь", "Киша"],
    ["the description", "<lang>ru</lang>", "<lang>sr</lang><src-lang>ru</src-lang>"],
    ["the text beside a picture", 'alt="Дом"', 'alt="Кућа &amp; врт"'],
    [
      "the order of marks in a paragraph",
      'Он <emphasis>встал</emphasis><a l:href="#n1">1</a>.',
      '<a l:href="#n1">1</a><emphasis>Устао</emphasis> је.',
    ],
    ["the name of the same encoding", "utf-8", "UTF8"],
  ])("may change %s", (_, from, to) => {
    expect(faultsOf(SOURCE, change(from, to))).toEqual([]);
  });

  it.each([
    ["C21", "another link", "#n1", "#n2", "in section 1"],
    ["C21", "another id", 'id="s1"', 'id="s2"', "in section 1"],
    ["C21", "another picture in a place", 'l:href="#p.png"', 'l:href="#q.png"', "in section 2"],
    ["C25", "lost italics", "<emphasis>встал</emphasis>", "устао", "in section 1"],
    ["C25", "a paragraph more", "<p>Дождь</p>", "<p>Ки</p><p>ша</p>", "in section 2"],
    ["C25", "marks in another paragraph", "<p>Дождь</p>", "<p><b>Киша</b></p>", "in section 2"],
    ["C26", "another picture", "AAAA", "AAAB", "pictures"],
    ["C26", "no picture", "AAAA", "", "pictures"],
    ["C62", "another declared encoding", "utf-8", "windows-1251", "windows-1251, not UTF-8"],
  ])("is told of (%s): %s", (check, _, from, to, where) => {
    expect(faultsOf(SOURCE, change(from, to))).toEqual([
      { check, message: expect.stringContaining(where) },
    ]);
  });

  it("is told of a section that is missing", () => {
    const one = bookOf("<section><p>Один</p></section>");
    const two = bookOf("<section><p>Один</p></section><section><p>Два</p></section>");
    expect(faultsOf(two, one).map(({ check }) => check)).toContain("C25");
  });
});
