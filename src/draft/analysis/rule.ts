import type { Reading } from "../morphology/reading.ts";
import type { ParseState } from "./parse-state.ts";

/** One reason to prefer a reading: points for or against it, as a logarithm of likelihood. */
export interface ReadingRule {
  readonly name: string;
  /** A Russian example of what it decides. */
  readonly example: string;
  /** Readings of which the rule can say anything; others are not asked. All of them if left out. */
  readonly concerns?: (reading: Reading) => boolean;
  readonly points: (state: ParseState, reading: Reading) => number;
}
