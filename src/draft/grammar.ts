/** Words of grammar that Russian analysis, transfer and Serbian inflection share. */

export type Case = "nom" | "gen" | "dat" | "acc" | "voc" | "ins" | "loc";

/** Grammatical number; `Number` is taken. */
export type Count = "sg" | "pl";

export type Gender = "m" | "f" | "n";

export type Person = 1 | 2 | 3;

export type Aspect = "pf" | "ipf";

export type Degree = "positive" | "comparative" | "superlative";

/** What an adjective, a participle or a past tense agrees with. */
export interface Agreement {
  readonly gender: Gender;
  readonly count: Count;
  /** Decides the accusative of the masculine singular. */
  readonly animate: boolean;
}
