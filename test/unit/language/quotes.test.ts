import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { serbianQuotes } from "../../../src/language/quotes.ts";

describe("Serbian quotation marks", () => {
  it.each([
    ["Он читал «Войну и мир».", "Он читал „Войну и мир“."],
    ["«Я читал «Идиота»», — сказал он.", "„Я читал ’Идиота’“, — сказал он."],
    ["«Я читал „Идиота“ вчера»", "„Я читал ’Идиота’ вчера“"],
    ['Он сказал: "Да".', "Он сказал: „Да“."],
    ["Он сказал: “Да”.", "Он сказал: „Да“."],
    ['<1>"Да"</1>, — сказал он', "<1>„Да“</1>, — сказал он"],
    ["«Речь идет дальше", "„Речь идет дальше"],
    ["и кончилась».", "и кончилась“."],
    ["О'Брайен и д’Артаньян", "О'Брайен и д’Артаньян"],
  ])("sets %s", (russian, serbian) => {
    expect(serbianQuotes(russian)).toBe(serbian);
  });

  it("changes nothing but quotation marks", () => {
    const marks = /[«»„“”"’]/gu;
    const piece = fc.constantFrom("а", " ", "«", "»", "„", "“", '"', "<1>", "—");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(serbianQuotes(text).replace(marks, "")).toBe(text.replace(marks, ""));
      }),
    );
  });
});
