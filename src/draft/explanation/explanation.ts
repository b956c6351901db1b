import type { Case } from "../grammar.ts";
import type { Reading } from "../morphology/reading.ts";
import type { TransferRule } from "../transfer/transfer-rules.ts";

/** A reading that a word may have, with the named rules that spoke for or against it. */
export interface ExplainedReading {
  readonly reading: Reading;
  readonly points: number;
  readonly rules: readonly { readonly name: string; readonly points: number }[];
}

/** An entry of the lexicon as its data file has it. */
export interface ExplainedEntry {
  readonly ru: string;
  readonly pos: string;
  readonly sr: string;
  /** Selectors in the notation of the data files: `gov:acc>dat`, `with:окно`, `pl`. */
  readonly selectors: readonly string[];
}

export interface ExplainedWord {
  readonly text: string;
  readonly chosen: ExplainedReading;
  /** The readings that were not chosen, the likeliest first. */
  readonly others: readonly ExplainedReading[];
  /** Entries that were chosen for it; several where several rules asked. */
  readonly entries: readonly ExplainedEntry[];
  /** How many entries there were to choose from. */
  readonly offeredEntries: number;
  /** The Serbian words in its place, in Cyrillic; empty if it fell out or stands elsewhere. */
  readonly serbian: string;
  /** Clitics that lean on it. */
  readonly clitics: readonly string[];
  /** The lexicon does not hold it. */
  readonly unknown: boolean;
}

export interface ExplainedGroup {
  readonly text: string;
  readonly case: Case;
  /** Its Serbian case, where it has been written as a group. */
  readonly serbianCase: Case | undefined;
}

export interface ExplainedClause {
  readonly text: string;
  readonly groups: readonly ExplainedGroup[];
}

/** A rule of the transfer that was at work, and at which word. */
export interface FiredRule {
  readonly name: TransferRule;
  readonly word: string;
}

export interface ExplainedSentence {
  readonly source: string;
  readonly serbian: string;
  readonly words: readonly ExplainedWord[];
  readonly clauses: readonly ExplainedClause[];
  readonly rules: readonly FiredRule[];
}

/** Why a text was translated as it was. */
export interface DraftExplanation {
  /** The translation, the same as without an explanation. */
  readonly text: string;
  readonly unknownWords: readonly string[];
  readonly sentences: readonly ExplainedSentence[];
}
