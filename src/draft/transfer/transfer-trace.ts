import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Clause } from "../syntax/clause.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { TransferRule } from "./transfer-rules.ts";

/**
 * Hears what the transfer of one sentence decides. Words are named by their place in the sentence.
 * Nobody listens in an ordinary translation.
 */
export interface TransferTrace {
  clause(clause: Clause, groups: readonly NounGroup[]): void;
  rule(name: TransferRule, at: number): void;
  /** Of the entries of a word one was chosen; the same choice may be told several times. */
  choice(at: number, offered: readonly LexiconEntry[], chosen: LexiconEntry): void;
}
