import { expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import {
  TranslationMemory,
  type MemoryShelf,
  type RememberedTranslation,
} from "../../../src/plan/memory.ts";

const SCOPE = { engine: "e", engineVersion: "1", from: "ru", to: "sr" };

function segment(text: string, index = 0, kind: Segment["kind"] = "text"): Segment {
  return { index, text, kind, element: "p", section: 1, skip: undefined };
}

function translation(text: string): RememberedTranslation {
  return { text, unknownWords: [], words: { total: 1, known: 1 } };
}

/** A shelf that counts how often it is asked. */
function shelf() {
  const entries = new Map<string, RememberedTranslation>();
  const counts = { gets: 0 };
  const made: MemoryShelf = {
    get(key) {
      counts.gets += 1;
      return entries.get(key);
    },
    put: (more) => more.forEach((value, key) => entries.set(key, value)),
    remove: (keys) => keys.forEach((key) => entries.delete(key)),
  };
  return { made, counts, entries };
}

function memoryOn(made: MemoryShelf, time = { now: 1 }, maxCachedChars = 1000) {
  const clock = { now: () => time.now, elapsed: () => time.now };
  return new TranslationMemory({ shelf: made, clock, ttlMs: 100, maxCachedChars });
}

it("tells what is known from what is not, wherever it stands", () => {
  const { made } = shelf();
  memoryOn(made).remember(SCOPE, [{ segment: segment("да", 7), translation: translation("да") }]);
  const asked = [segment("нет", 0), segment("да", 1), segment("да", 2)];
  const { known, unknown } = memoryOn(made).split(SCOPE, asked);
  expect(known.map((one) => one.segment.index)).toEqual([1, 2]);
  expect(known[0]?.translation).toEqual(translation("да"));
  expect(unknown).toEqual([asked[0]]);
});

it("forgets what it is told to forget, in front of the shelf and on it", () => {
  const { made, entries } = shelf();
  const memory = memoryOn(made);
  memory.remember(SCOPE, [
    { segment: segment("да"), translation: translation("да") },
    { segment: segment("нет"), translation: translation("не") },
  ]);
  memory.forget(SCOPE, [segment("да", 5)]);
  const { known } = memory.split(SCOPE, [segment("да"), segment("нет")]);
  expect(known.map(({ translation: { text } }) => text)).toEqual(["не"]);
  expect(entries.size).toBe(1);
});

it.each([
  ["engine", { ...SCOPE, engine: "f" }, segment("да")],
  ["version", { ...SCOPE, engineVersion: "2" }, segment("да")],
  ["source language", { ...SCOPE, from: "uk" }, segment("да")],
  ["target language", { ...SCOPE, to: "hr" }, segment("да")],
  ["kind of text", SCOPE, segment("да", 0, "title")],
  ["text", SCOPE, segment("Да")],
])("knows nothing for another %s", (_, scope, asked) => {
  const memory = memoryOn(shelf().made);
  memory.remember(SCOPE, [{ segment: segment("да"), translation: translation("да") }]);
  expect(memory.split(scope, [asked]).known).toEqual([]);
  expect(memory.split(SCOPE, [segment("да")]).known).toHaveLength(1);
});

it("asks the shelf only for what it does not hold itself, until that is too old", () => {
  const { made, counts } = shelf();
  const time = { now: 1 };
  const memory = memoryOn(made, time);
  memory.remember(SCOPE, [{ segment: segment("да"), translation: translation("да") }]);
  expect(memory.split(SCOPE, [segment("да")]).known).toHaveLength(1);
  expect(counts.gets).toBe(0);
  time.now += 101;
  expect(memory.split(SCOPE, [segment("да")]).known).toHaveLength(1);
  expect(counts.gets).toBe(1);
});

it("holds no more characters than it may", () => {
  const { made, counts } = shelf();
  const memory = memoryOn(made, { now: 1 }, 20);
  for (const text of ["а".repeat(9), "б".repeat(9), "в".repeat(9)]) {
    memory.remember(SCOPE, [{ segment: segment(text), translation: translation(text) }]);
  }
  const { known } = memory.split(SCOPE, [segment("в".repeat(9)), segment("а".repeat(9))]);
  expect(known).toHaveLength(2);
  expect(counts.gets).toBe(1);
});
