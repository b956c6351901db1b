import { withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import type { BatchLimits } from "./batching.ts";

/** How much work a book is. What is kept as it is does not count. */
export interface Estimate {
  readonly segments: number;
  /** UTF-16 units of text, markers included: what an engine is sent. */
  readonly characters: number;
  /** Runs of letters and digits. */
  readonly words: number;
  /** Requests to an engine if nothing fails; the last ones are cut smaller, which makes some more. */
  readonly batches: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu;

/** Counts what there is to translate; the segments are looked at one after the other. */
export async function estimateOf(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
  { maxChars, maxSegments }: BatchLimits,
): Promise<Estimate> {
  const sum = { segments: 0, characters: 0, words: 0, batches: 0 };
  const batch = { chars: 0, segments: 0 };
  for await (const { text, skip } of segments) {
    if (skip !== undefined) continue;
    sum.segments += 1;
    sum.characters += text.length;
    sum.words += withoutMarkers(text).match(WORD)?.length ?? 0;
    const fits = batch.chars + text.length <= maxChars && batch.segments < maxSegments;
    if (!fits || batch.segments === 0) {
      sum.batches += 1;
      batch.chars = 0;
      batch.segments = 0;
    }
    batch.chars += text.length;
    batch.segments += 1;
  }
  return sum;
}

/** How long that takes, milliseconds, at a speed of so many characters a second. */
export function durationMs({ characters }: Estimate, charsPerSecond: number): number {
  return (characters / charsPerSecond) * 1000;
}
