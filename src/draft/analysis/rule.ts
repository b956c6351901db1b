import type { Reading } from "../morphology/reading.ts";
import type { ParseState } from "./parse-state.ts";

/** One reason to prefer a reading: points for or against it, as a logarithm of likelihood. */
export interface ReadingRule {
  readonly name: string;
  /** A Russian example of what it decides. */
  readonly example: string;
  readonly points: (state: ParseState, reading: Reading) => number;
}
