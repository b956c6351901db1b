import fc from "fast-check";
import { expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import { beginningWithin } from "../../../src/plan/batching.ts";
import { durationMs, estimateOf } from "../../../src/plan/estimate.ts";

function segmentsOf(texts: readonly string[]): Segment[] {
  return texts.map((text, index) => {
    return { index, text, kind: "text", element: "p", section: 1, skip: undefined };
  });
}

it("counts what is to be translated, without markers as words and without what is kept", async () => {
  const segments = segmentsOf(["Он <1>очень</1> устал.", "Кто-то пришёл<2/> в 12 часов!"]);
  const kept: Segment = { ...segments[0]!, text: "***", skip: "no letters" };
  const limits = { maxChars: 1000, maxSegments: 10 };
  expect(await estimateOf([...segments, kept], limits)).toEqual({
    segments: 2,
    characters: 22 + 29,
    words: 3 + 5,
    batches: 1,
  });
});

it("tells the time at a speed", () => {
  expect(durationMs({ segments: 1, characters: 3000, words: 1, batches: 1 }, 1500)).toBe(2000);
});

it("makes as many batches as the batching does", async () => {
  const texts = fc.array(fc.nat(30).map((length) => "а".repeat(length + 1)));
  const limits = fc.record({
    maxChars: fc.integer({ min: 1, max: 60 }),
    maxSegments: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(texts, limits, async (some, within) => {
      let rest = segmentsOf(some);
      let batches = 0;
      for (; rest.length > 0; batches += 1) {
        rest = rest.slice(beginningWithin(rest, within).length);
      }
      expect((await estimateOf(segmentsOf(some), within)).batches).toBe(batches);
    }),
  );
});
