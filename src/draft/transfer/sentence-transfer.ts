import type { Case } from "../grammar.ts";
import type { Sentence, Word } from "../analysis/sentence.ts";
import { Doubts } from "../doubt/doubts.ts";
import { presentOfBiti } from "../inflection/auxiliary.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { clausesOf, isPredicate, type Clause } from "../syntax/clause.ts";
import { nounGroupsOf, type NounGroup } from "../syntax/noun-groups.ts";
import { transferClause, type SentenceState } from "./clause-transfer.ts";
import { isName } from "./nouns.ts";
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
  readonly doubts: Doubts;
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
  // пошто је он лекар: a conjunction bears the clitics of its clause.
  const opens = sentence.words[before.from]?.reading.pos === "conjunction";
  const host = opens && !target.isEmpty(before.from) ? before.from : subject.end;
  target.addClitics(host, [presentOfBiti(3, subject.count, "clitic")]);
}

/** Words of a sentence behind which its rules lose their way more often. */
const LONG_SENTENCE = 40;

/** Of так, что and его every reading says nearly the same in Serbian. */
const CONTENT_WORD = /^(?:noun|verb|infinitive|gerund|(?:short-)?(?:adjective|participle))$/u;

/** Up to so many words a sentence needs no predicate: Тишина. Снова дождь. */
const SHORT_SENTENCE = 5;

const canBePredicate = (word: Word) =>
  isPredicate(word) || /^(?:infinitive|predicative|comparative)$/u.test(word.reading.pos);

/** A copula, or another auxiliary, has been put. */
const hasClitics = (target: TargetSentence) =>
  target.source.words.some((_, at) => target.cliticsAt(at).length > 0);

/** Notes what can be told when the sentence has been translated. */
function noteDoubtsOf(target: TargetSentence, unknown: ReadonlySet<number>, doubts: Doubts): void {
  const { words } = target.source;
  for (const [at, { contested, reading }] of words.entries()) {
    if (isName(words, at)) continue;
    if (unknown.has(at)) doubts.note("the lexicon does not hold the word", at);
    if (contested && CONTENT_WORD.test(reading.pos))
      doubts.note("two readings are about as likely", at);
  }
  if (words.length > SHORT_SENTENCE && !words.some(canBePredicate) && !hasClitics(target)) {
    doubts.note("no predicate was found", 0);
  }
  if (words.length > LONG_SENTENCE) doubts.note("the sentence is long", 0);
}

/**
 * Часов пять он ждал, ни одного свободного дня: what a fixed expression has written in the place of
 * its first word neither counts nor describes what follows it.
 */
function withoutWritten(
  group: NounGroup,
  { done, phrases }: ReturnType<typeof putPhrases>,
  target: TargetSentence,
): NounGroup {
  const { numeral, attributes, head } = group;
  if (done.has(head)) return group;
  // у самого окна: an expression that governs leaves its attribute to the noun.
  const isWritten = (at: number) =>
    done.has(at) && target.isEmpty(at) && phrases.get(at)?.use.length === 0;
  return {
    ...group,
    numeral: numeral !== undefined && done.has(numeral) ? undefined : numeral,
    attributes: attributes.filter((at) => !isWritten(at)),
  };
}

/** Translates one analysed sentence. @param trace who wants to know why. */
export function transferSentence(
  sentence: Sentence,
  lexicon: Lexicon,
  trace?: TransferTrace,
): SentenceTransfer {
  const { words } = sentence;
  const target = new TargetSentence(sentence);
  const written = putPhrases(words, lexicon, target, trace);
  const { done, phrases } = written;
  const unknown = new Set<number>();
  const doubts = new Doubts();
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
    const groups = nounGroupsOf(words, clause).map((group) =>
      withoutWritten(group, written, target),
    );
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
      doubts,
      trace,
      antecedents: state.antecedents,
    };
    trace?.clause(clause, groups);
    transferClause(context, state);
    putDashCopula(sentence, clauses, at, target, trace);
  }
  noteDoubtsOf(target, unknown, doubts);
  return { target, unknown, cases, doubts };
}
