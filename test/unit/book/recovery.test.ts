import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import { pseudoTranslation, rewrite } from "../../support/rewriting.ts";

function segmentsIn(text: string): Segment[] {
  const segments: Segment[] = [];
  rewrite(text, (segment) => {
    segments.push(segment);
    return undefined;
  });
  return segments;
}

const section = (content: string) =>
  `<FictionBook><body><section>${content}</section></body></FictionBook>`;
const textsIn = (content: string) => segmentsIn(section(content)).map(({ text }) => text);

describe("what real files do", () => {
  it.each<[oddity: string, content: string, texts: string[]]>([
    ["a literal < that begins no tag", "<p>год (1390<?>) и 3 < 4</p>", ["год (1390<?>) и 3 < 4"]],
    ["a < inside a tag", "<p>a <b <emphasis>c</emphasis></p>", ["a <b <1>c</1>"]],
    ["undefined entities", "<p>Версия &FBReaderVersion;!</p>", ["Версия <1/>!"]],
    ["a bare ampersand", "<p>А&М</p>", ["А&М"]],
    [
      "mismatched inline tags",
      "<p>a <strong>b <emphasis>c</strong></emphasis></p>",
      ["a <1>b <2/>c</1><3/>"],
    ],
    ["a paragraph inside a paragraph", "<p>один<p>два</p></p>", ["один", "два"]],
    ["an unclosed paragraph", "<p>один<p>два</p>", ["один", "два"]],
    ["an empty line inside a paragraph", "<p>один<empty-line/>два</p>", ["один", "два"]],
    ["a paragraph inside a subtitle", "<subtitle><p>один</p></subtitle>", ["один"]],
    ["stray text in a section", "один <strong>два</strong><p>три</p>", ["один <1>два</1>", "три"]],
    ["list items", "<ul><li>один</li><li><p>два</p></li></ul>", ["один", "два"]],
    ["HTML leftovers", "<p>a <i>b</i><br/>c</p>", ["a <1>b</1><2/>c"]],
    ["text that looks like a marker", "<p>&lt;1&gt; и &lt;b&gt;</p>", ["<1/>1> и <b>"]],
    ["comments inside a paragraph", "<p>a<!-- b -->c</p>", ["a<1/>c"]],
    ["CDATA", "<p><![CDATA[a & b]]></p>", ["a & b"]],
  ])("reads %s", (_, content, texts) => {
    expect(textsIn(content)).toEqual(texts);
    expect(rewrite(section(content), () => undefined)).toBe(section(content));
  });

  it("keeps note references, images and code whole", () => {
    const note = '<a l:href="#n1" type="note"><sup>[1]</sup></a>';
    expect(textsIn(`<p>слово${note} <image l:href="#i"/> <code>x = 1</code></p>`)).toEqual([
      "слово<1/> <2/> <3/>",
    ]);
  });

  it("translates what a reader sees of images and sequences", () => {
    const text = section('<image l:href="#i" alt="Вид &quot;реки&quot;"/>');
    expect(segmentsIn(text)).toMatchObject([{ kind: "attribute", text: 'Вид "реки"' }]);
    expect(rewrite(text, () => 'Поглед "на" реку')).toContain('alt="Поглед &quot;на&quot; реку"/>');
  });

  it("leaves alone what is in another language or has no letter", () => {
    const content =
      '<p xml:lang="fr">Bonjour</p><p>* * *</p><p>Да, <style xml:lang="fr">oui</style></p>';
    expect(segmentsIn(section(content)).map(({ text, skip }) => [text, skip])).toEqual([
      ["Bonjour", "other language"],
      ["* * *", "no letters"],
      ["Да, <1/>", undefined],
    ]);
  });

  it("cuts a paragraph that nobody closes into segments of bounded size", () => {
    const segments = segmentsIn(`<body><section><p>${"слово ".repeat(100_000)}`);
    expect(Math.max(...segments.map(({ text }) => text.length))).toBeLessThanOrEqual(65_536);
    expect(segments.map(({ text }) => text).join("")).toBe("слово ".repeat(100_000));
  });
});

describe("any text at all", () => {
  const scrap = fc.constantFrom(
    ..."<p>|</p>|<emphasis>|</emphasis>|<section>|</section>|<v>|</v>|<|>|&|&lt;|&amp;|&x;|<1>|</1>|<2/>".split(
      "|",
    ),
    ..."<!--|-->|<![CDATA[|]]>|<?|?>|\"|'| |\n|слово|мир|<a type=\"note\">|</a>|<image alt='a'/>|/>".split(
      "|",
    ),
  );
  const soup = fc
    .array(scrap, { maxLength: 40 })
    .map((scraps) => `<body><section>${scraps.join("")}`);

  it("leaves as it came when nothing is translated", () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(rewrite(text, () => undefined)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same translation however it is cut", () => {
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 7 }), (text, chunkSize) => {
        const translate = (segment: Segment) => pseudoTranslation(segment.text);
        expect(rewrite(text, translate, { chunkSize })).toBe(rewrite(text, translate));
      }),
      { numRuns: 1000 },
    );
  });
});
