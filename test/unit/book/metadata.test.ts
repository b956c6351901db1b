import { expect, it } from "vitest";

import { rewrite } from "../../support/rewriting.ts";

const metadata = {
  language: "sr",
  sourceLanguage: "ru",
  documentId: "new-id",
  date: "2026-01-02",
  program: "fbtr 0.1.0",
  translator: "fbtr",
  historyNote: "Перевод",
} as const;

const edited = (description: string) =>
  rewrite(`<description>${description}</description>`, () => undefined, { metadata }).replace(
    /^<description>([^]*)<\/description>$/,
    "$1",
  );

const required = "<genre>prose</genre><author/><book-title>Тень</book-title>";
const languages = "<lang>sr</lang><src-lang>ru</src-lang>";
const translator = "<translator><nickname>fbtr</nickname></translator>";

it("sets the languages, names the translator before the sequence and keeps the original", () => {
  const original = `${required}<lang>ru</lang><sequence name="С"/>`;
  expect(edited(`<title-info>${original}</title-info>`)).toBe(
    `<title-info>${required}${languages}${translator}<sequence name="С"/></title-info>` +
      `<src-title-info>${original}</src-title-info>`,
  );
});

it("keeps an original title-info that is there, and the translators before this one", () => {
  const old = `<src-title-info>${required}<lang>en</lang></src-title-info>`;
  const first = "<translator><nickname>A</nickname></translator>";
  expect(
    edited(
      `<title-info>${required}<lang>ru</lang><src-lang>en</src-lang>${first}</title-info>${old}`,
    ),
  ).toBe(`<title-info>${required}${languages}${first}${translator}</title-info>${old}`);
});

it("gives the copy of the original no id, since ids are unique", () => {
  expect(
    edited(
      `<title-info>${required}<annotation><p id="a1">Т</p></annotation><lang>ru</lang></title-info>`,
    ),
  ).toContain("<src-title-info>" + required + "<annotation><p>Т</p></annotation>");
});

it("gives the document a new id, date, program and a line of history", () => {
  expect(
    edited(
      "<document-info><author/><program-used>FBE</program-used><date value='1'>d</date><id>old</id>" +
        "<version>1.0</version><history><p>1.0</p></history></document-info>",
    ),
  ).toBe(
    "<document-info><author/><program-used>FBE, fbtr 0.1.0</program-used>" +
      '<date value="2026-01-02">2026-01-02</date><id>new-id</id>' +
      "<version>1.0</version><history><p>1.0</p><p>Перевод</p></history></document-info>",
  );
});

it("adds nothing to a title-info that lacks what the schema requires", () => {
  expect(edited("<title-info><lang>ru</lang></title-info>")).toBe(
    "<title-info><lang>sr</lang></title-info>",
  );
});

const [date, id, history, program] = [
  '<date value="2026-01-02">2026-01-02</date>',
  "<id>new-id</id>",
  "<history><p>Перевод</p></history>",
  "<program-used>fbtr 0.1.0</program-used>",
];

it.each([
  ["nothing but an author", "<author/>", `<author/>${program}${date}${id}`],
  [
    "no date and no id",
    "<author/><version>1</version>",
    `<author/>${program}${date}${id}<version>1</version>${history}`,
  ],
  [
    "an empty history before a publisher",
    "<author/><program-used/><date/><id/><version/><history/><publisher/>",
    `<author/>${program}${date}${id}<version/>${history}<publisher/>`,
  ],
  [
    "no history before a publisher",
    "<author/><date/><id/><version/><publisher/>",
    `<author/>${program}${date}${id}<version/>${history}<publisher/>`,
  ],
  ["nothing at all", "", ""],
  ["no author", "<version/>", "<version/>"],
])("completes a document-info with %s as the schema orders it", (_, before, after) => {
  expect(edited(`<document-info>${before}</document-info>`)).toBe(
    `<document-info>${after}</document-info>`,
  );
});

it("keeps the prefix of the book's elements", () => {
  const book =
    "<f:description><f:title-info><f:genre/><f:author/><f:book-title>Т</f:book-title>" +
    "<f:lang>ru</f:lang></f:title-info></f:description>";
  expect(rewrite(book, () => undefined, { metadata })).toContain(
    "<f:lang>sr</f:lang><f:src-lang>ru</f:src-lang>" +
      "<f:translator><f:nickname>fbtr</f:nickname></f:translator></f:title-info><f:src-title-info>",
  );
});
