import { describe, expect, it } from "vitest";

import { DescriptionOutline } from "../../../src/book/description-outline.ts";
import { rewrite } from "../../support/rewriting.ts";

const metadata = {
  language: "sr",
  sourceLanguage: "ru",
  documentId: "new-id",
  date: "2026-01-02",
  program: "fbtr 0.1.0",
  translator: "fbtr (draft)",
  historyNote: "Превод",
} as const;

const required =
  "<genre>prose</genre><author><nickname>А</nickname></author><book-title>Тень</book-title>";
const bookWith = (titleInfo: string, more = "") =>
  `<FictionBook><description><title-info>${titleInfo}</title-info>${more}</description>` +
  "<body><p>Текст <lang>ru</lang></p></body></FictionBook>";

function outlineOf(text: string, pieceSize: number): DescriptionOutline {
  const outline = new DescriptionOutline();
  for (let at = 0; at < text.length; at += pieceSize) outline.write(text.slice(at, at + pieceSize));
  outline.end();
  return outline;
}

const faultsOf = (source: string, edition: string) =>
  outlineOf(source, 7)
    .faultsOf(outlineOf(edition, 11), metadata)
    .map(({ check, message }) => `${check}: ${message}`);

describe("check C60", () => {
  it.each([
    ["a usual description", bookWith(`${required}<lang>ru</lang>`)],
    [
      "one with an earlier translator",
      bookWith(
        `${required}<lang>ru</lang><src-lang>en</src-lang><translator><nickname>Б</nickname></translator>`,
      ),
    ],
    ["one without a language", bookWith(required)],
    ["one that lacks what the schema requires", bookWith("<lang>ru</lang>")],
    [
      "one with an original of its own",
      bookWith(
        `${required}<lang>ru</lang>`,
        `<src-title-info>${required}<lang>en</lang></src-title-info>`,
      ),
    ],
    [
      "one with a prefix",
      bookWith(`${required}<lang>ru</lang>`).replaceAll(/<(\/?)(?=[a-z])/gu, "<$1f:"),
    ],
    ["a book without a description", "<FictionBook><body><p>Текст</p></body></FictionBook>"],
  ])("lets pass what is written of %s", (_, source) => {
    expect(
      faultsOf(
        source,
        rewrite(source, () => undefined, { metadata }),
      ),
    ).toEqual([]);
  });

  const source = bookWith(`${required}<lang>ru</lang>`);
  const written = rewrite(source, () => undefined, { metadata });
  it.each([
    ["<lang>sr</lang>", "<lang>ru</lang>", "C60: lang is ru, not sr"],
    ["<lang>sr</lang>", "", "C60: lang is missing"],
    ["<src-lang>ru</src-lang>", "", "C60: src-lang is missing"],
    ["<src-lang>ru</src-lang>", "<src-lang>en</src-lang>", "C60: src-lang is en, not ru"],
    ["<nickname>fbtr (draft)</nickname>", "", "C60: the translator is not named"],
    [/<src-title-info>.*<\/src-title-info>/u, "", "C60: the original's title-info is missing"],
  ])("strikes where %s becomes %j", (from, to, fault) => {
    expect(faultsOf(source, written.replace(from, to))).toEqual([fault]);
  });

  it("strikes where the description was left as it was", () => {
    expect(faultsOf(source, source)).toHaveLength(4);
  });
});
