import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { autofixed } from "../../../../src/language/checks/autofix.ts";

const fix = (source: string, translation: string) =>
  autofixed({ source, translation, kind: "text" });

describe("autofixes", () => {
  it.each([
    ["lookalike letters", "Дом", "Кућ\u0061", "Кућа"],
    ["lookalike letters beside a marker", "<1>Дом</1>", "<1>Кућ\u0061</1>", "<1>Кућа</1>"],
    ["divided digraphs", "Любовь Тани", "Лјубав Танје", "Љубав Тање"],
    ["a divided џ", "Джон и бридж", "Джон и бридж", "Џон и бриџ"],
    ["capitals", "ЛЮБОВЬ", "ЛЈУБАВ", "ЉУБАВ"],
    ["a lost dash", "— Да, — сказал он.", "Да — рече он.", "— Да — рече он."],
    ["a hyphen for the dash", "— Да.", "- Да.", "— Да."],
    ["a dash behind a marker", "<1>— Да.</1>", "<1>Да.</1>", "<1>— Да.</1>"],
    ["the source's own dash", "– Да.", "— Да.", "– Да."],
    ["guillemets", "«Да»", "«Да»", "„Да“"],
    ["straight quotation marks", "«Да»", 'Рекао је "да".', "Рекао је „да“."],
    ["a fence", "Дом", "```text\nКућа\n```", "Кућа"],
    ["thinking", "Дом", "<think>дом је house</think>\nКућа", "Кућа"],
    ["a JSON shell", "Дом", '{"id": 1, "translation": "Кућа"}', "Кућа"],
    ["all at once", "Дом", '<think>?</think>```json\n{"text": "Кнј\u0438га"}\n```', "Књига"],
    ["invisible characters", "Дом", "Ку\u200bћ\u00ada\u0000\ufeff", "Кућа"],
    ["a hard space that the source has not", "Дом тут", "Кућа\u00a0ту", "Кућа ту"],
  ])("mend %s", (_, source, translation, mended) => {
    expect(fix(source, translation)).toBe(mended);
  });

  it.each([
    ["speech in quotation marks", "— Да.", "„Да.“"],
    ["a hard space of the source", "т.\u00a0е. дом", "то\u00a0јест кућа"],
    ["words with two sounds", "Пережил", "Надживео, инјекција, Танјуг, Бенјамин, поджупан"],
    ["a foreign word", "Дом", "WiFi-мрежа"],
  ])("leave %s", (_, source, translation) => {
    expect(fix(source, translation)).toBe(translation);
  });

  it("take no text of the book for the wrapping of an answer", () => {
    expect(fix('{"text": "дом"}', '{"text": "кућа"}')).toMatch(/^\{.*text.*кућа.*\}$/u);
    expect(fix("```\nдом\n```", "```\nкућа\n```")).toBe("```\nкућа\n```");
  });

  it("make one dash of several at the beginning, also of those with spaces between them", () => {
    expect(fix("—Да", "— - Да")).toBe("—Да");
    expect(fix("— Да", "— — Да")).toBe("— Да");
  });

  it("change nothing more the second time", () => {
    const piece = fc.constantFrom(
      ...'аељјнд ж<1></1>—-«»"„“’\u00a0\u200b\n'.split(""),
      "<1>",
      "</1>",
      "```",
      "лј",
      "дж",
      "кућ\u0061",
      "<think>",
      "</think>",
      '{"text": "а"}',
    );
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, text, (source, translation) => {
        const once = fix(source, translation);
        expect(fix(source, once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});
