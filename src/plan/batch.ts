import type { Segment } from "../book/segment.ts";

/** What one request to an engine carries. Segments stand in the order of the book. */
export interface Batch {
  /** Stable for the same segments of the same job, so that a repeated request is known as such. */
  readonly id: string;
  readonly segments: readonly Segment[];
  /** What stands before them in the book, for engines that make use of it. */
  readonly before?: string;
  /** What was wrong with earlier answers, one line each: told to engines that can listen. */
  readonly faults?: readonly string[];
  /**
   * How plainly to ask an engine that knows more than one way: 0 its best way, 1 a way that every
   * model follows, 2 the plainest, for one segment.
   */
  readonly caution?: 0 | 1 | 2;
  /** Session of the user whose book it is, for the events of whoever works on it. */
  readonly session?: string;
}
