import type { Word } from "../analysis/sentence.ts";
import type { LexicalClass, LexiconEntry } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { Clause } from "../syntax/clause.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { Agreement, Case, Count, Person } from "../grammar.ts";
import type { Antecedent } from "./relative.ts";
import type { TargetSentence } from "./target-sentence.ts";
import type { TransferTrace } from "./transfer-trace.ts";

/** The subject as the predicate needs it. */
export interface SubjectFeatures {
  readonly agreement: Agreement;
  readonly person: Person;
  /** Number of the finite verb. */
  readonly count: Count;
}

/** Everything that the rules of one clause see. */
export interface ClauseContext {
  readonly lexicon: Lexicon;
  readonly words: readonly Word[];
  readonly clause: Clause;
  readonly groups: readonly NounGroup[];
  readonly target: TargetSentence;
  readonly lemmas: ReadonlySet<string>;
  /** Words that a rule has dealt with already: by their place. */
  readonly done: Set<number>;
  /** Fixed expressions by the place of their last word. */
  readonly phrases: ReadonlyMap<number, LexiconEntry>;
  /** Serbian cases of the heads that have been written. */
  readonly cases: Map<number, Case>;
  /** Words whose lemma the lexicon does not hold. */
  readonly unknown: Set<number>;
  /** Nouns of the clauses before. */
  readonly antecedents: readonly Antecedent[];
  /** Who wants to know why; nobody in an ordinary translation. */
  readonly trace: TransferTrace | undefined;
}

const NORMAL_PREPOSITIONS: Readonly<Record<string, string>> = {
  во: "в",
  со: "с",
  ко: "к",
  об: "о",
  обо: "о",
  изо: "из",
  ото: "от",
  безо: "без",
  подо: "под",
  передо: "перед",
  предо: "пред",
};

/** Prepositions before a group of consonants have another form: во, со, обо. */
export function normalPreposition(form: string): string {
  return NORMAL_PREPOSITIONS[form] ?? form;
}

/** Entries of the first of `classes` that has any. */
export function entriesIn(
  lexicon: Lexicon,
  lemma: string,
  classes: readonly LexicalClass[],
): readonly LexiconEntry[] {
  for (const pos of classes) {
    const entries = lexicon.entriesOf(lemma, pos);
    if (entries.length > 0) return entries;
  }
  return [];
}
