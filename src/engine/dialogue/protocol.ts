import type { Segment } from "../../book/segment.ts";

/** What a model said for one segment; `number` is the segment's place in the request, from 1. */
export interface Answer {
  readonly number: number;
  readonly text: string;
}

/** Reads an answer while it streams in, cut anywhere. */
export interface AnswerReader {
  /** Takes the next piece and returns the answers that are complete now. */
  push(piece: string): readonly Answer[];
  /**
   * The stream has ended: returns what can still be taken as complete.
   *
   * @param cut the answer was cut off, so that its last piece may be half a segment.
   */
  end(cut: boolean): readonly Answer[];
}

/**
 * A way to put segments before a model and to read its answer. Segments are numbered from 1 in each
 * request: small numbers are what models repeat most faithfully.
 */
export interface Protocol {
  readonly name: "json" | "lines" | "plain";
  /** What the instructions say about the form of question and answer. */
  readonly rules: string;
  /** JSON Schema of the answer, for models that hold to one. */
  readonly answerSchema?: Readonly<Record<string, unknown>>;
  /** The segments as the model sees them. */
  question(segments: readonly Segment[]): string;
  reader(segments: readonly Segment[]): AnswerReader;
}
