import { describe, expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import { rewrite } from "../../support/rewriting.ts";

function segmentsIn(book: string): Segment[] {
  const segments: Segment[] = [];
  rewrite(book, (segment) => {
    segments.push(segment);
    return undefined;
  });
  return segments;
}

/** Element and text of each segment. */
const found = (book: string) => segmentsIn(book).map(({ element, text }) => [element, text]);

const inSection = (content: string) =>
  `<FictionBook><body><section>${content}</section></body></FictionBook>`;

describe("what is translated", () => {
  it("of a section: paragraphs, verses, titles, authors of texts, cells, dates of poems", () => {
    const book = inSection(
      "<title><p>Титул</p></title><epigraph><p>Эпиграф</p><text-author>Кто-то</text-author></epigraph>" +
        "<annotation><p>Аннотация</p></annotation><p>Абзац</p><subtitle>Подзаголовок</subtitle>" +
        "<poem><title><p>Стих</p></title><stanza><v>Строка</v></stanza><date>Москва, май</date></poem>" +
        "<cite><p>Цитата</p><date>осень</date></cite>" +
        "<table><tr><th>Шапка</th><td>Ячейка</td></tr></table>",
    );
    expect(found(book)).toEqual([
      ["p", "Титул"],
      ["p", "Эпиграф"],
      ["text-author", "Кто-то"],
      ["p", "Аннотация"],
      ["p", "Абзац"],
      ["subtitle", "Подзаголовок"],
      ["p", "Стих"],
      ["v", "Строка"],
      ["date", "Москва, май"],
      ["p", "Цитата"],
      ["date", "осень"],
      ["th", "Шапка"],
      ["td", "Ячейка"],
    ]);
  });

  it("of the description: title, annotation, keywords, name of the sequence", () => {
    const book =
      "<FictionBook><description><title-info><genre>проза</genre>" +
      "<author><first-name>Иван</first-name><home-page>http://а.рф</home-page></author>" +
      "<book-title>Книга</book-title><annotation><p>О книге</p></annotation>" +
      "<keywords>дом, лес</keywords><date>весна</date>" +
      '<coverpage><image l:href="#c" alt="Обложка"/></coverpage><lang>ru</lang>' +
      '<translator><nickname>Пётр</nickname></translator><sequence name="Серия" number="1"/>' +
      "</title-info><document-info><author><nickname>Автор</nickname></author><id>ид</id>" +
      "<history><p>История</p></history></document-info>" +
      '<publish-info><book-name>Издание</book-name><sequence name="Серия издателя"/></publish-info>' +
      '<custom-info info-type="x">Прочее</custom-info></description></FictionBook>';
    expect(found(book)).toEqual([
      ["book-title", "Книга"],
      ["p", "О книге"],
      ["keywords", "дом, лес"],
      ["sequence@name", "Серия"],
    ]);
  });

  it("in every body, and no binary and no stylesheet", () => {
    const body = (name: string, text: string) =>
      `<body name="${name}"><title><p>${name}</p></title><section><p>${text}</p></section></body>`;
    const book =
      `<FictionBook><stylesheet type="text/css">стиль</stylesheet>${body("a", "Раз")}` +
      `${body("notes", "Два")}${body("comments", "Три")}<binary id="b">двоичное</binary></FictionBook>`;
    expect(found(book)).toEqual([
      ["p", "a"],
      ["p", "Раз"],
      ["p", "notes"],
      ["p", "Два"],
      ["p", "comments"],
      ["p", "Три"],
    ]);
  });

  it("in containers of HTML and of nobody, whatever the case of their names", () => {
    const book = inSection(
      "<UL><LI>Раз</LI></UL><ol><li>Два</li></ol><TABLE><TR><TD>Три</TD></TR></TABLE>" +
        "<nobody>Четыре<P>Пять <EM>и шесть</EM></P></nobody>",
    );
    expect(found(book)).toEqual([
      ["li", "Раз"],
      ["li", "Два"],
      ["td", "Три"],
      ["nobody", "Четыре"],
      ["p", "Пять <1>и шесть</1>"],
    ]);
  });

  it("of pictures: alt and title, between paragraphs and inside of them", () => {
    const book = inSection(
      `<image l:href="#a" alt="Река" title='"Вид" &amp; даль'/><p>Вот <image l:href="#b" alt="дом"/>.</p>`,
    );
    expect(found(book)).toEqual([
      ["image@alt", "Река"],
      ["image@title", '"Вид" & даль'],
      ["image@alt", "дом"],
      ["p", "Вот <1/>."],
    ]);
    const translated = rewrite(book, ({ kind, text }) =>
      kind === "attribute" ? `«${text}»` : text,
    );
    expect(translated).toContain(`title='«&quot;Вид&quot; &amp; даль»'`);
    expect(translated).toContain('<p>Вот <image l:href="#b" alt="«дом»"/>.</p>');
  });

  it("of inline elements: the words of each, and of links that are prose", () => {
    const marked = (name: string) => `<${name}>слово</${name}>`;
    for (const name of "emphasis strong style sub sup strikethrough a b i u span".split(" ")) {
      expect(found(inSection(`<p>То ${marked(name)} это</p>`))).toEqual([
        ["p", "То <1>слово</1> это"],
      ]);
    }
    const link = '<a l:href="#n" type="note">длинная ссылка словами</a>';
    expect(found(inSection(`<p>Он ${link}</p>`))).toEqual([
      ["p", "Он <1>длинная ссылка словами</1>"],
    ]);
  });

  it.each([
    ["a note reference", '<a l:href="#n" type="note">прим. 1</a>'],
    ["code", "<code>слово</code>"],
    ["emphasis without letters", "<emphasis>…!</emphasis>"],
    ["a comment", "<!-- слово -->"],
    ["a processing instruction", "<?слово?>"],
    ["a style in another language", '<style xml:lang="en">word</style>'],
    ["an image", '<image l:href="#i"/>'],
  ])("without %s, which stays whole", (_what, piece) => {
    const book = inSection(`<p>Раз ${piece} два</p>`);
    expect(found(book)).toEqual([["p", "Раз <1/> два"]]);
    expect(rewrite(book, () => "Два <1/> раз")).toBe(inSection(`<p>Два ${piece} раз</p>`));
  });

  it("knows the kind of a segment", () => {
    const book = inSection(
      "<title><p>Т</p></title><p>А</p><v>В</v><image alt='И'/><poem><title><p>П</p></title></poem>",
    );
    expect(segmentsIn(book).map(({ kind }) => kind)).toEqual([
      "title",
      "text",
      "verse",
      "attribute",
      "title",
    ]);
  });

  it("in pieces of bounded size, also when tags fill them", () => {
    const texts = segmentsIn(inSection(`<p>${"<b>а</b>".repeat(20_000)}</p>`));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.map(({ text }) => text.replaceAll(/<[^>]*>/g, "")).join("")).toBe(
      "а".repeat(20_000),
    );
  });
});
