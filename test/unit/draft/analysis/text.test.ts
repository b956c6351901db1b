import fc from "fast-check";
import { expect, it } from "vitest";

import { readText } from "../../../../src/draft/analysis/text.ts";

const sentencesOf = (text: string) =>
  readText(text).map(
    ({ words, after }) => words.map((word) => word.before + word.text).join("") + after,
  );

it.each([
  [["Он ушёл. ", "Она осталась."]],
  [["— Да, — сказал он. ", "— Иду."]],
  [["Это А. С. Пушкин. ", "Он поэт."]],
  [["В 1812 г. Наполеон пришёл."]],
  [["Что?! ", "Нет… ", "Да."]],
  [["«Куда?» — спросил он."]],
])("the sentences of %j are told apart", (sentences) => {
  expect(sentencesOf(sentences.join(""))).toEqual(sentences);
});

it("the ending of an ordinal in digits is no word", () => {
  expect(readText("28-го мая")[0]?.words.map(({ text }) => text)).toEqual(["мая"]);
});

it("nothing of any text is lost", () => {
  const piece = fc.oneof(
    fc.constantFrom("Он", "мы-то", "г", "А", "x", "1", " ", ". ", "…", "— ", "\n\n", "«", "»", "е́"),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join("");
      expect(sentencesOf(text).join("")).toBe(text);
      for (const { words } of readText(text)) {
        for (const word of words) {
          expect(text.slice(word.start, word.start + word.text.length)).toBe(word.text);
        }
      }
    }),
  );
});
