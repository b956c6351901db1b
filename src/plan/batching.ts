import type { Segment } from "../book/segment.ts";

/** How much one request carries. A segment is never split: one that is longer goes alone. */
export interface BatchLimits {
  readonly maxChars: number;
  readonly maxSegments: number;
}

/** The longest beginning of `segments` that is within the limits; at least one if there is one. */
export function beginningWithin(segments: Iterable<Segment>, limits: BatchLimits): Segment[] {
  const taken: Segment[] = [];
  let chars = 0;
  for (const segment of segments) {
    chars += segment.text.length;
    const tooMuch = chars > limits.maxChars || taken.length >= limits.maxSegments;
    if (tooMuch && taken.length > 0) break;
    taken.push(segment);
  }
  return taken;
}

/** The last requests of a book carry this share of a full one at the least. */
const LEAST_SHARE = 1 / 4;

/**
 * The limits of the next request while `openChars` are still to be given out among `hands` that
 * work at the same time: full ones while there is plenty, then smaller and smaller ones, so that at
 * the end nobody works on a long request while the others have none (guided self-scheduling:
 * Polychronopoulos and Kuck, 1987). Not below a quarter of a full one, where the instructions would
 * cost more than waiting does.
 */
export function limitsNearEnd(limits: BatchLimits, openChars: number, hands: number): BatchLimits {
  const share = Math.ceil(openChars / hands);
  const least = Math.ceil(limits.maxChars * LEAST_SHARE);
  return { ...limits, maxChars: Math.min(limits.maxChars, Math.max(least, share)) };
}
