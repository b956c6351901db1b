import { expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import { judgeOf } from "../../../src/engine/checking.ts";

const fault = (source: string, text: string) => {
  const segment: Segment = {
    index: 0,
    kind: "text",
    element: "p",
    section: 1,
    text: source,
    skip: undefined,
  };
  return judgeOf({ from: "ru", to: "sr" })(segment, { text }).faults[0];
};

it.each([
  ["Он ушёл.", " ", "the answer is empty"],
  ["Старый дом стоял у реки.", "Stara kuća je stajala kraj reke.", "an answer in Latin script: "],
  ["Мама моет раму дома утром.", "Мама моет раму дома утром.", "the source is repeated"],
  ["Он ушёл.", "Он је ушёл.", "letters that Serbian does not have: ушёл"],
  ["Он ушёл.", "Он је отишaо.", "words that mix scripts: отишaо"],
  [
    "Он ушёл, и старый дом у реки остался пуст.",
    "Отишао је, и стара кућа крај реке остала је празна. Never leave a sentence in the original.",
    "fences, thinking, JSON or instructions in the text: ",
  ],
  ["Он <1>ушёл</1>.", "Он је отишао.", "inline markers differ: missing <1>, </1>"],
])("%j as %j: %s", (source, text, reason) => {
  expect(fault(source, text)).toMatch(new RegExp(`^${reason}`, "u"));
});

it.each([
  ["Старый дом стоял у реки.", "Стара кућа је стајала крај реке."],
  ["Дом", "Дом"],
  ["Иван, Анна, Антон, Вера, Нина, Роман", "Иван, Анна, Антон, Вера, Нина, Роман"],
  ["Elle était fille, elle était amoureuse.", "Elle était fille, elle était amoureuse."],
  [
    "Он сказал: «Bonjour, mon ami, comment allez-vous?»",
    "Рекао је: „Bonjour, mon ami, comment allez-vous?“",
  ],
  ["Он <1>ушёл</1><2/>.", "<1>Отишао</1> је<2/>."],
])("%j as %j is accepted", (source, text) => {
  expect(fault(source, text)).toBeUndefined();
});
