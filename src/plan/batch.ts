import type { Segment } from "../book/segment.ts";

/** What one request to an engine carries. Segments stand in the order of the book. */
export interface Batch {
  /** Stable for the same segments of the same job, so that a repeated request is known as such. */
  readonly id: string;
  readonly segments: readonly Segment[];
}
