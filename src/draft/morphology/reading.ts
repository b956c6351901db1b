import type { Aspect, Case, Count, Gender, Person } from "../grammar.ts";

/** Parts of speech that the analysis of Russian tells apart. */
export type PartOfSpeech =
  | "noun"
  | "adjective"
  | "short-adjective"
  | "comparative"
  | "verb"
  | "infinitive"
  | "participle"
  | "short-participle"
  | "gerund"
  | "numeral"
  | "adverb"
  | "pronoun"
  | "preposition"
  | "conjunction"
  | "particle"
  | "interjection"
  | "predicative"
  | "unknown";

/** What kind of proper name a word is. */
export type NameKind = "given" | "patronymic" | "surname" | "place" | "other";

/** One way to read a Russian word form. Features that the form does not have are undefined. */
export interface Reading {
  /** Dictionary form in small letters, ё as е. Of participles and gerunds: the infinitive. */
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  readonly case?: Case;
  readonly count?: Count;
  readonly gender?: Gender;
  readonly animate?: boolean;
  readonly person?: Person;
  readonly tense?: "past" | "present" | "future";
  readonly aspect?: Aspect;
  readonly mood?: "indicative" | "imperative";
  readonly transitive?: boolean;
  /** The verb ends in -ся or -сь. */
  readonly reflexive?: boolean;
  /** Of a participle. */
  readonly voice?: "active" | "passive";
  readonly name?: NameKind;
  /** Of an adjective: it is a pronoun by meaning (этот, который, мой). */
  readonly pronominal?: boolean;
  /** Of an adjective: it is an ordinal numeral. */
  readonly ordinal?: boolean;
  /** Of an adjective: величайший, the greatest. */
  readonly superlative?: boolean;
  /** Of a noun: it has no singular. */
  readonly pluralOnly?: boolean;
  /** False if the word is not in the dictionary and the reading was guessed from its ending. */
  readonly known: boolean;
  /** How likely the reading is without context, above 0, at most 1; the readings of a word add up to 1. */
  readonly score: number;
}

/** Russian morphology: every reading of a word form, the likeliest first, at least one. */
export interface Morphology {
  /**
   * @param word a Russian word as it stands in the text, with any capitals, ё and stress marks.
   *   Capitals matter: names are read as such only when capitalised.
   */
  readingsOf(word: string): readonly Reading[];
}
