import fc from "fast-check";
import { expect, it } from "vitest";

import type { Segment } from "../../../src/book/segment.ts";
import { beginningWithin, limitsNearEnd } from "../../../src/plan/batching.ts";

const LIMITS = { maxChars: 1000, maxSegments: 50 };

const hands = fc.integer({ min: 1, max: 64 });
const openChars = fc.integer({ min: -1000, max: 1_000_000 });

it("a request is full while there is plenty, and never above the limits or below a quarter", () => {
  fc.assert(
    fc.property(openChars, hands, (open, many) => {
      const { maxChars, maxSegments } = limitsNearEnd(LIMITS, open, many);
      expect(maxSegments).toBe(50);
      expect(maxChars).toBeGreaterThanOrEqual(250);
      expect(maxChars).toBeLessThanOrEqual(1000);
      expect(maxChars === 1000 || open < 1000 * many).toBe(true);
    }),
  );
});

it("what is left never gets a larger request than what was left before", () => {
  fc.assert(
    fc.property(openChars, openChars, hands, (one, other, many) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      const charsAt = (open: number) => limitsNearEnd(LIMITS, open, many).maxChars;
      expect(charsAt(less)).toBeLessThanOrEqual(charsAt(more));
    }),
  );
});

it("the cut book is the whole book in its order, and no hand gets more than its share at the end", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 200 });
  fc.assert(
    fc.property(lengths, hands, (texts, many) => {
      let left = texts.map((length, index): Segment => {
        const text = "а".repeat(length);
        return { index, text, kind: "text", element: "p", section: 1, skip: undefined };
      });
      const cut: number[] = [];
      while (left.length > 0) {
        const open = left.reduce((sum, { text }) => sum + text.length, 0);
        const limits = limitsNearEnd(LIMITS, open, many);
        const batch = beginningWithin(left, limits);
        const chars = batch.reduce((sum, { text }) => sum + text.length, 0);
        expect(batch.length === 1 || chars <= Math.max(250, open / many + 1)).toBe(true);
        cut.push(...batch.map(({ index }) => index));
        left = left.slice(batch.length);
      }
      expect(cut).toEqual(texts.map((_, index) => index));
    }),
  );
});
