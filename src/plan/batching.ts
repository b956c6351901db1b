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
