import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sameMarkers } from "../../../src/book/markers.ts";
import { createDraftEngine } from "../../../src/draft/create-engine.ts";
import { mixedScriptWords, russianOnlyLetters } from "../../../src/language/alphabet.ts";

const engine = await createDraftEngine();
const translate = (text: string) => engine.translate(text).text;

describe("the draft engine", () => {
  it("keeps inline markers around the words that they were around", () => {
    expect(translate("Князь <1>Нехлюдов</1> вошёл в <2>большую</2> комнату<3/> и сел.")).toBe(
      "Кнез <1>Нехљудов</1> је ушао у <2>велику</2> собу<3/> и сео.",
    );
  });

  it("keeps a marker that stands inside a word", () => {
    expect(translate("Он <1>мед</1>ленно шёл.")).toBe("Он је <1>полако</1> ишао.");
  });

  it("keeps a stressed pronoun in its place and in its full form", () => {
    expect(translate("Я видел <1>его</1>.")).toBe("Видео сам <1>њега</1>.");
  });

  it("leaves Latin words, digits and addresses alone", () => {
    expect(translate("Он читал «Vogue» в 1905 году.")).toMatch(/„Vogue“ .*1905/u);
  });

  it("counts the words that it does not know, and never hides them", () => {
    const { text, unknownWords, words } = engine.translate("Мальчик читал фубаркузю.");
    expect(unknownWords).toEqual(["фубаркузю"]);
    expect(words).toEqual({ total: 3, known: 2 });
    expect(text).toContain("фубаркузј");
  });

  it("does not count names", () => {
    expect(engine.translate("Он увидел Нехлюдова.").words).toEqual({ total: 2, known: 2 });
  });

  it("gives the same answer to the same text", () => {
    const text = "Все счастливые семьи похожи друг на друга.";
    expect(engine.translate(text)).toEqual(engine.translate(text));
  });

  it.each(["", " ", "***", "—", "<1></1>", "I. II.", "!?", "А", "ъ", "Ѣ", "м-м-м", "«»"])(
    "bears the text %j",
    (text) => {
      expect(sameMarkers(text, translate(text))).toBe(true);
    },
  );
});

const WORDS =
  "он Она не был дом в который ли бы его ДОМ ходить пять что Пётр ъыь їжак эхо-то Vogue x1 28-й ё щи сидя закрыт";
const words = fc.constantFrom(...WORDS.split(" "));
const marks = fc.constantFrom(" ", ", ", " — ", ". ", "! ", "\n", "«", "»", "-", ": ", "… ", "1");
const marked = fc
  .array(fc.tuple(words, marks), { maxLength: 14 })
  .chain((pairs) =>
    fc.tuple(fc.constant(pairs), fc.nat({ max: pairs.length }), fc.nat({ max: pairs.length })),
  )
  .map(([pairs, one, other]) => {
    const from = Math.min(one, other);
    const to = Math.max(one, other);
    const text = pairs.map(([word, mark], at) => {
      const before = at === from ? "<1>" : "";
      const after = at === to ? "</1>" : "";
      return `${before}${word}${after}${mark}`;
    });
    return `${text.join("")}<2/>`;
  });

describe("for any text the draft engine", () => {
  it("keeps markers, leaves no Russian letter and mixes no scripts", () => {
    fc.assert(
      fc.property(marked, (text) => {
        fc.pre(sameMarkers(text, text));
        const translation = translate(text);
        const plain = translation.replaceAll(/<[^>]*>/gu, "");
        expect(sameMarkers(text, translation)).toBe(true);
        expect(russianOnlyLetters(plain)).toEqual([]);
        expect(mixedScriptWords(plain)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("does not throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(typeof translate(text)).toBe("string");
      }),
      { numRuns: 300 },
    );
  });
});
