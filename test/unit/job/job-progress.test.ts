import { expect, it } from "vitest";

import type { Segment, SegmentKind } from "../../../src/book/segment.ts";
import { JobProgress } from "../../../src/job/job-progress.ts";
import type { StoredSegment } from "../../../src/job/stored-segments.ts";

function stored(
  index: number,
  section: number,
  text: string,
  kind: SegmentKind = "text",
  state: StoredSegment["state"] = "open",
): StoredSegment {
  const element = kind === "metadata" ? "book-title" : "p";
  const segment: Segment = { index, section, text, kind, element, skip: undefined };
  return {
    segment,
    state,
    keptBecause: undefined,
    reason: undefined,
    result: state === "translated" ? result() : undefined,
  };
}

function result(unknownWords: string[] = []) {
  return { index: 0, text: "дом", unknownWords, words: { total: 1, known: 1 } };
}

const STORED = [
  stored(0, 0, "Мой\n <1>дом</1>", "metadata", "translated"),
  stored(1, 1, "Часть", "title", "translated"),
  stored(2, 1, "первая", "title"),
  stored(3, 1, "аааааааааа"),
  stored(4, 1, "Стихи", "title"),
  stored(5, 2, "***", "text", "kept"),
  stored(6, 3, "бббббббббб"),
];

it("begins with what is stored", () => {
  const progress = new JobProgress(STORED, 0);
  expect(progress.title).toBe("Мой дом");
  expect(progress.open).toBe(4);
  expect(progress.segments).toMatchObject({ total: 7, translated: 2, kept: 1, resumed: 2 });
  // A section where nothing is to be translated is done from the beginning.
  expect(progress.sections).toEqual({ total: 3, done: 1 });
  expect(progress.chapterTitle).toBe("");
});

it("has no title for a book without one", () => {
  expect(new JobProgress([stored(0, 1, "дом")], 0).title).toBeUndefined();
});

it("counts along, and knows the heading of the section that it is in", () => {
  const progress = new JobProgress(STORED, 0);
  progress.translated(STORED[3]!.segment, result(["дом", "сад"]), 1000);
  expect(progress.chapterTitle).toBe("Часть первая");
  progress.translated(STORED[6]!.segment, result(["сад"]), 2000);
  expect(progress.chapterTitle).toBe("");
  expect(progress.unknownWordCount).toBe(2);
  expect(progress.sections.done).toBe(2);
  progress.flagged(STORED[2]!.segment, 3000);
  progress.remembered(STORED[4]!.segment, result());
  expect(progress.open).toBe(0);
  expect(progress.sections.done).toBe(3);
  expect(progress.segments).toMatchObject({ translated: 5, flagged: 1, remembered: 1 });
});

it("tells the time that is left by the characters that wait, not by the segments", () => {
  const progress = new JobProgress([stored(0, 1, "аа"), stored(1, 1, "б".repeat(20))], 0);
  expect(progress.secondsLeft(progress.speedAt(0))).toBe(0);
  progress.translated(stored(0, 1, "аа").segment, result(), 1000);
  expect(progress.secondsLeft(progress.speedAt(1000))).toBe(10);
});
