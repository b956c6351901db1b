import type { Reading } from "../morphology/reading.ts";

export type Capitals = "none" | "initial" | "all";

/** One word of a sentence with the reading that the context decided for. */
export interface Word {
  /** As it stands in the text. */
  readonly text: string;
  /** Offset of `text` in the segment, markers left out. */
  readonly start: number;
  /** In small letters, ё as е, without stress marks. */
  readonly form: string;
  readonly capitals: Capitals;
  /**
   * What stands between the word before (or the beginning) and this word: spaces, punctuation. Words
   * that are no Russian (Latin letters, digits) stand here too.
   */
  readonly before: string;
  /** The word stands alone between inline markers, and must keep its place and be visible. */
  readonly emphasised: boolean;
  readonly reading: Reading;
  /** Another reading would have been about as likely. */
  readonly contested: boolean;
}

/** A stretch of text up to a sentence end. */
export interface Sentence {
  readonly words: readonly Word[];
  /** What follows the last word, with the white space up to the next sentence. */
  readonly after: string;
}
