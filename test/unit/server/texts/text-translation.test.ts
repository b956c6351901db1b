import { expect, it } from "vitest";

import type { SegmentResult, Translator } from "../../../../src/engine/translator.ts";
import { faultFinderOf } from "../../../../src/engine/checking.ts";
import { translateTexts } from "../../../../src/server/texts/text-translation.ts";

type Answer = (text: string, attempt: number) => string | undefined;

/** Answers each paragraph as told, and notes what it was asked. */
function translatorOf(answer: Answer, isPersistent = false) {
  const asked: string[][] = [];
  const translator: Translator = {
    name: "scripted",
    version: "1",
    priority: 1,
    capacity: 1,
    isPersistent,
    async *translate({ segments }): AsyncGenerator<SegmentResult> {
      asked.push(segments.map(({ text }) => text));
      for (const { index, text } of segments) {
        const told = answer(text, asked.length);
        const words = { total: 1, known: 1 };
        if (told !== undefined) yield { index, text: told, unknownWords: [], words };
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { asked, translator };
}

const OPTIONS = {
  faultOf: faultFinderOf({ from: "ru", to: "sr" }),
  limits: { maxChars: 1000, maxSegments: 2 },
  maxAttempts: 3,
  signal: new AbortController().signal,
};

const KNOWN: Readonly<Record<string, string>> = {
  "Дверь открылась.": "Врата су се отворила.",
  "Вошёл старик.": "Ушао је старац.",
  "Шёл снег.": "Падао је снег.",
};

it("texts are translated by paragraphs, and line breaks and ornaments stay", async () => {
  const { translator, asked } = translatorOf((text) => KNOWN[text]);
  const given = ["Дверь открылась.\r\n\r\n* * *\nВошёл старик.\n", "", "Шёл снег."];
  const { texts, paragraphs } = await translateTexts(given, translator, OPTIONS);
  expect(texts).toEqual([
    "Врата су се отворила.\r\n\r\n* * *\nУшао је старац.\n",
    "",
    "Падао је снег.",
  ]);
  expect(paragraphs).toBe(3);
  expect(asked).toEqual([["Дверь открылась.", "Вошёл старик."], ["Шёл снег."]]);
});

it.each([
  ["no answer", () => undefined],
  ["the source", (text: string) => text],
  ["nothing", () => ""],
])("a paragraph that gets %s is an error, and never passes for its translation", async (_, bad) => {
  const { translator, asked } = translatorOf((text) =>
    text === "Вошёл старик." ? bad(text) : KNOWN[text],
  );
  const translating = translateTexts(["Дверь открылась.\nВошёл старик."], translator, OPTIONS);
  await expect(translating).rejects.toMatchObject({
    code: "ENGINE_FAILED",
    message: "scripted gave no good translation of “Вошёл старик.”",
  });
  expect(asked).toEqual([
    ["Дверь открылась.", "Вошёл старик."],
    ["Вошёл старик."],
    ["Вошёл старик."],
  ]);
});

it("only what has failed is asked again", async () => {
  const { translator, asked } = translatorOf((text, attempt) =>
    text === "Вошёл старик." && attempt === 1 ? text : KNOWN[text],
  );
  const { texts } = await translateTexts(["Вошёл старик.\nШёл снег."], translator, OPTIONS);
  expect(texts).toEqual(["Ушао је старац.\nПадао је снег."]);
  expect(asked).toEqual([["Вошёл старик.", "Шёл снег."], ["Вошёл старик."]]);
});

it("an engine that asks again by itself is asked once", async () => {
  const { translator, asked } = translatorOf(() => undefined, true);
  await expect(translateTexts(["Вошёл старик."], translator, OPTIONS)).rejects.toThrow("no good");
  expect(asked).toHaveLength(1);
});
