import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sameMarkers } from "../../../src/book/markers.ts";
import type { Segment } from "../../../src/book/segment.ts";
import { pseudoTranslation, rewrite } from "../../support/rewriting.ts";

/** One piece of a book for each odd thing that real files do. */
const ODDITIES: Record<string, string> = {
  "an undefined entity": "<p>Версия &FBReaderVersion; и &lquot;слово&rquot;</p>",
  "a bare ampersand": "<p>Издательство А&М</p>",
  "a question in angle brackets": "<p>Родился (1390<?>) в Москве</p>",
  "inline tags that do not match": "<p>Один <emphasis>два <strong>три</emphasis> четыре</p>",
  "a paragraph in a subtitle": "<subtitle><p>Глава</p></subtitle>",
  "an empty line in a paragraph": "<p>Раз<empty-line/>два</p>",
  "a paragraph in a paragraph": "<p>Раз <p>два</p></p>",
  "a paragraph that is not closed": "<section><p>Раз<p>два</section>",
  "a link without its prefix declared": '<p>Сноска <a l:href="#n1" type="note">[1]</a> тут</p>',
  "line ends of two kinds": "<p>Раз\r\nдва\nтри</p>\r\n<p>Да</p>\n",
  "stray text in a section": "<section>Сирота<p>Раз</p>хвост</section>",
  "a comment in a paragraph": "<p>Раз<!-- <p>нет</p> -->два</p>",
  "text in CDATA": "<p>Раз <![CDATA[два & три]]></p>",
  "text like a marker": "<p>Пункт &lt;1&gt; и &lt;2/&gt;</p>",
  "a list of HTML": "<ul><li>Раз</li><li>Два<BR>Три</li></ul>",
};

const TAG = /<[/!?]?[\p{L}_][^<>]*>/gu;

describe("rewriting a book with", () => {
  it.each(Object.entries(ODDITIES))("%s leaves it as it came", (_what, text) => {
    expect(rewrite(text, () => undefined)).toBe(text);
    expect(rewrite(text, (segment) => segment.text)).toContain("<");
  });

  it.each(Object.entries(ODDITIES))("%s keeps its tags in a translation", (_what, text) => {
    const translated = rewrite(text, (segment) => pseudoTranslation(segment.text));
    expect(translated).toContain("ђћ&amp;&lt;");
    expect(translated.match(TAG)).toEqual(text.match(TAG));
  });

  it("any text leaves it as it came, however it is cut", () => {
    const piece = fc.constantFrom("<p>", "</p>", "<a", ">", "<", '"', "<!--", "-->", "&", "я", "/");
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (book, chunkSize) => {
        expect(rewrite(book, () => undefined, { chunkSize })).toBe(book);
        const translate = (segment: Segment) => pseudoTranslation(segment.text);
        expect(rewrite(book, translate, { chunkSize })).toBe(rewrite(book, translate));
      }),
    );
  });

  it("a translation that lost a marker is a bug of the caller", () => {
    const text = "<p>Раз <strong>два</strong> три</p>";
    expect(() => rewrite(text, () => "Један два три")).toThrow(/^The markers of/);
    expect(sameMarkers("Раз <1>два</1>", "<1>два</1> раз")).toBe(true);
    expect(sameMarkers("Раз <1>два</1>", "два раз")).toBe(false);
  });
});
