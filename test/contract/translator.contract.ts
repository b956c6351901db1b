import { describe, expect, it } from "vitest";

import { sameMarkers } from "../../src/book/markers.ts";
import type { Segment } from "../../src/book/segment.ts";
import { judgeOf } from "../../src/engine/checking.ts";
import type { SegmentResult, Translator } from "../../src/engine/translator.ts";
import type { Batch } from "../../src/plan/batch.ts";

const TEXTS = [
  "Дом.",
  "Мама была дома, и <1>папа</1> был дома.",
  "<1><2/> Он</1> пришёл<3/> домой.",
  "— Да, — сказала она.",
  "Глава <1/>",
  "Дом.",
];

function batchOf(texts: readonly string[], id = "batch"): Batch {
  const segments = texts.map((text, at): Segment => {
    const kind = at === 4 ? "title" : "text";
    // Numbers of a book do not begin at 0 in every batch, and some are kept.
    return { index: 100 + at * 2, text, kind, element: "p", section: 1, skip: undefined };
  });
  return { id, segments };
}

const BATCH = batchOf(TEXTS);
/** Long enough that no translator has it ready when it is told to stop. */
const LONG_BATCH = batchOf(Array.from({ length: 500 }, (_, at) => `Мама ${at} была дома.`));

async function resultsOf(
  translator: Translator,
  batch: Batch,
  signal = new AbortController().signal,
): Promise<SegmentResult[]> {
  const results: SegmentResult[] = [];
  for await (const result of translator.translate(batch, signal)) results.push(result);
  return results;
}

/**
 * What every `Translator` promises. `open` makes one from Russian to Serbian that answers all it is
 * asked; each test closes its own.
 *
 * @param soonMs how long it may go on after it was told to stop.
 */
export function describeTranslator(
  name: string,
  open: () => Translator | Promise<Translator>,
  soonMs = 1000,
): void {
  describe(`the translator ${name}`, () => {
    it("answers each segment at most once, and none that it was not asked", async () => {
      await using translator = await open();
      const indices = (await resultsOf(translator, BATCH)).map(({ index }) => index);
      const asked = BATCH.segments.map(({ index }) => index);
      expect(indices.toSorted((a, b) => a - b)).toEqual(asked);
    });

    it("gives nothing for a batch of nothing", async () => {
      await using translator = await open();
      expect(await resultsOf(translator, batchOf([]))).toEqual([]);
    });

    it("keeps the markers and passes the checks", async () => {
      await using translator = await open();
      const judge = judgeOf({ from: "ru", to: "sr" });
      for (const result of await resultsOf(translator, BATCH)) {
        const segment = BATCH.segments.find(({ index }) => index === result.index);
        expect(segment && sameMarkers(segment.text, result.text)).toBe(true);
        expect(segment && judge(segment, result).faults).toEqual([]);
        expect(result.words.known).toBeLessThanOrEqual(result.words.total);
        expect(result.unknownWords.every((word) => word !== "")).toBe(true);
      }
    });

    it("answers the same batch again, also while it answers it", async () => {
      await using translator = await open();
      const twice = [resultsOf(translator, BATCH), resultsOf(translator, BATCH)];
      for (const results of await Promise.all(twice)) expect(results).toHaveLength(TEXTS.length);
      expect(await resultsOf(translator, BATCH)).toHaveLength(TEXTS.length);
    });

    it("does no work for a signal that is aborted already", async () => {
      await using translator = await open();
      const reason = new Error("too late");
      const asked = resultsOf(translator, BATCH, AbortSignal.abort(reason));
      await expect(asked).rejects.toBe(reason);
    });

    it("stops soon after the signal is aborted, with its reason", async () => {
      await using translator = await open();
      const stop = new AbortController();
      const reason = new Error("enough");
      let abortedAt = Infinity;
      let late = 0;
      const asked = (async () => {
        for await (const result of translator.translate(LONG_BATCH, stop.signal)) {
          if (stop.signal.aborted) late += 1;
          else if (result.index >= 100) stop.abort(reason);
          abortedAt = Math.min(abortedAt, performance.now());
        }
      })();
      await expect(asked).rejects.toBe(reason);
      expect(performance.now() - abortedAt).toBeLessThan(soonMs);
      expect(late).toBeLessThan(LONG_BATCH.segments.length - 1);
    });

    it("is ready for another batch after one that nobody took to its end", async () => {
      await using translator = await open();
      for await (const result of translator.translate(BATCH, new AbortController().signal)) {
        expect(result.index).toBeGreaterThanOrEqual(100);
        break;
      }
      expect(await resultsOf(translator, BATCH)).toHaveLength(TEXTS.length);
    });

    it("has a name, a version and room for at least one batch, and closes twice", async () => {
      const translator = await open();
      expect(translator.name).toMatch(/^[a-z][a-z0-9.-]*$/);
      expect(translator.version).not.toBe("");
      expect(translator.capacity).toBeGreaterThanOrEqual(1);
      await translator[Symbol.asyncDispose]();
      await translator[Symbol.asyncDispose]();
    });
  });
}
