import type { DraftExplanation } from "./explanation/explanation.ts";

/** A translation by the draft engine. */
export interface DraftTranslation {
  /** Serbian Cyrillic, with exactly the markers of the source. */
  readonly text: string;
  /** Words that the lexicon does not hold, as they stand in the source, each as often as it occurs. */
  readonly unknownWords: readonly string[];
  /** Running words of the source, names left out, and how many of them the lexicon holds. */
  readonly words: { readonly total: number; readonly known: number };
}

/** The embedded rule-based engine, Russian to Serbian: a pure function of the text. */
export interface DraftEngine {
  /** Changes whenever the same text may be translated differently. */
  readonly version: string;
  /** @param text a segment of a book, inline markers as `<1>…</1>` and `<2/>`. Never throws. */
  translate(text: string): DraftTranslation;
}

/** Translates as the engine does, and tells why. */
export interface DraftExplainer {
  /** @param text as for `translate`. Never throws. */
  explain(text: string): DraftExplanation;
}
