import type { LexicalClass, LexiconEntry } from "./entry.ts";

/** A fixed expression that was found in running text. */
export interface PhraseMatch {
  readonly entry: LexiconEntry;
  /** How many words of the text it covers. */
  readonly length: number;
}

/** The Russian-Serbian lexicon. */
export interface Lexicon {
  /** Changes whenever an entry changes. */
  readonly version: string;
  /**
   * All entries of a Russian lemma with that part of speech, the default sense first.
   *
   * @param lemma in small letters; ё and е are the same.
   */
  entriesOf(lemma: string, pos: LexicalClass): readonly LexiconEntry[];
  /** Whether the lemma is there with any part of speech. */
  has(lemma: string): boolean;
  /**
   * The longest fixed expression that begins with the word at `at`.
   *
   * @param words running words in small letters, ё as е, without punctuation.
   */
  phraseAt(words: readonly string[], at: number): PhraseMatch | undefined;
}
