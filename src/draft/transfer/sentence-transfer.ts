import type { Case } from "../grammar.ts";
import type { Sentence } from "../analysis/sentence.ts";
import { presentOfBiti } from "../inflection/auxiliary.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { clausesOf, isPredicate, type Clause } from "../syntax/clause.ts";
import { nounGroupsOf } from "../syntax/noun-groups.ts";
import { transferClause, type SentenceState } from "./clause-transfer.ts";
import { putPhrases } from "./phrase-transfer.ts";
import { TargetSentence } from "./target-sentence.ts";
import type { TransferTrace } from "./transfer-trace.ts";

/** A translated sentence and what the lexicon did not hold of it. */
export interface SentenceTransfer {
  readonly target: TargetSentence;
  /** Places of words that the lexicon does not hold. */
  readonly unknown: ReadonlySet<number>;
  /** Serbian cases of the heads of noun groups. */
  readonly cases: ReadonlyMap<number, Case>;
}

const DASH = /^\s*[—–]\s*$/u;

/** Russian says "Он — врач" with a dash where Serbian has the copula: On je lekar. */
function putDashCopula(
  sentence: Sentence,
  clauses: readonly Clause[],
  at: number,
  target: TargetSentence,
  trace: TransferTrace | undefined,
): void {
  const before = clauses[at - 1];
  const clause = clauses[at];
  if (!before || !clause || !DASH.test(sentence.words[clause.from]?.before ?? "")) return;
  const words = sentence.words.slice(before.from, clause.to);
  if (words.some(isPredicate)) return;
  const subject = nounGroupsOf(sentence.words, before).at(0);
  const predicate = nounGroupsOf(sentence.words, clause).at(0);
  const isNominal = (group: typeof subject) =>
    group !== undefined && group.case === "nom" && group.preposition === undefined;
  if (!isNominal(subject) || !isNominal(predicate) || subject?.end !== before.to - 1) return;
  // Солдат – мужик с красным лицом – положил бумагу: between two dashes stands an explanation.
  if (DASH.test(sentence.words[clause.to]?.before ?? "")) return;
  // Четыре минуты — это много: to je has the copula already.
  if (sentence.words[clause.from]?.form === "это") return;
  target.setSeparatorBefore(clause.from, " ");
  trace?.rule("a dash between nominatives is the copula", clause.from);
  target.addClitics(subject.end, [presentOfBiti(3, subject.count, "clitic")]);
}

/** Translates one analysed sentence. @param trace who wants to know why. */
export function transferSentence(
  sentence: Sentence,
  lexicon: Lexicon,
  trace?: TransferTrace,
): SentenceTransfer {
  const { words } = sentence;
  const target = new TargetSentence(sentence);
  const { done, phrases } = putPhrases(words, lexicon, target, trace);
  const unknown = new Set<number>();
  const cases = new Map<number, Case>();
  const clauses = clausesOf(words);
  const state: SentenceState = {
    subjects: [],
    antecedents: [],
    auxiliary: undefined,
    control: undefined,
    opening: undefined,
    copula: undefined,
  };
  for (const [at, clause] of clauses.entries()) {
    const groups = nounGroupsOf(words, clause);
    const lemmas = new Set(words.slice(clause.from, clause.to).map(({ reading }) => reading.lemma));
    const context = {
      lexicon,
      words,
      clause,
      groups,
      target,
      lemmas,
      done,
      phrases,
      cases,
      unknown,
      trace,
      antecedents: state.antecedents,
    };
    trace?.clause(clause, groups);
    transferClause(context, state);
    putDashCopula(sentence, clauses, at, target, trace);
  }
  return { target, unknown, cases };
}
