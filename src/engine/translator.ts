import type { Segment } from "../book/segment.ts";
import type { Finding } from "../language/checks/check.ts";
import type { Batch } from "../plan/batch.ts";
import type { Judgement } from "./checking.ts";

/** An answer for one segment: in Serbian Cyrillic, with exactly the markers of the source. */
export interface SegmentResult {
  readonly index: number;
  readonly text: string;
  /** Words that the engine did not know, as they stand in the source, each as often as it occurs. */
  readonly unknownWords: readonly string[];
  /** Running words of the source, names left out, and how many of them the engine knew. */
  readonly words: { readonly total: number; readonly known: number };
  /** Name of the fallback that gave it, where it was not the translator's own engine. */
  readonly fallback?: string;
}

/** An answer as a translator hands it on. */
export interface Answer extends SegmentResult {
  /**
   * What the checks say of it, where the translator has asked them itself: they are most of what an
   * answer costs the processor, and need not be asked twice.
   */
  readonly judgement?: Judgement;
}

/** A translation that passed the checks, and what they found in it that is no error. */
export interface CheckedResult {
  readonly result: SegmentResult;
  readonly findings: readonly Finding[];
}

/** A segment with its checked translation. */
export interface AnsweredSegment extends CheckedResult {
  readonly segment: Segment;
}

/** From how good an instance is expected to be: API key 10, OAuth 5, local model 1, draft 0. */
export type Priority = 10 | 5 | 1 | 0;

/**
 * Something that translates. Implementations pass `test/contract/translator.contract.ts`.
 *
 * `translate` yields each result as soon as it is there, in any order, each segment at most once.
 * It may end without having answered every segment: the caller asks again for the rest. It never
 * passes the source off as a translation. It throws an `FbtrError` whose verdict says whether to
 * try again, and the signal's reason soon after the signal is aborted. The same batch may be asked
 * for more than once.
 */
export interface Translator extends AsyncDisposable {
  /** Short name as the user writes it after `--engine`, such as `draft`. */
  readonly name: string;
  /** Changes whenever the same input may be answered differently: part of every memory key. */
  readonly version: string;
  readonly priority: Priority;
  /** It has asked again by itself: a segment that it did not manage is flagged at once. */
  readonly isPersistent?: boolean;
  /** How many batches it takes at the same time. */
  readonly capacity: number;
  translate(batch: Batch, signal: AbortSignal): AsyncIterable<Answer>;
}
