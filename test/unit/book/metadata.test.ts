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
  expect(edited(`<title-info>${original}</title-info><document-info></document-info>`)).toBe(
    `<title-info>${required}${languages}${translator}<sequence name="С"/></title-info>` +
      `<src-title-info>${original}</src-title-info>` +
      "<document-info><history><p>Перевод</p></history></document-info>",
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
