import type { Word } from "../analysis/sentence.ts";

/** A stretch of a sentence in which clitics find their place: from word `from` up to before `to`. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  /** It begins after и, а, но between two predicates, and may share the subject of the one before. */
  readonly coordinated: boolean;
}

const COORDINATORS = new Set(["и", "а", "но", "или", "да"]);
const PUNCTUATION = /[^\s]/u;

/** A word that can be the predicate of a clause of its own. */
export function isPredicate({ reading }: Word): boolean {
  return /^(?:verb|short-participle|short-adjective)$/u.test(reading.pos);
}

/** Whether the words from `from` on, up to the next mark, hold a predicate. */
function predicateAhead(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || (at > from && PUNCTUATION.test(word.before))) return false;
    if (isPredicate(word)) return true;
    if (at > from && COORDINATORS.has(word.form)) return false;
  }
  return false;
}

/** хорошо и весело танцевал: what is joined is no predicate. */
function joinsAdverbs(words: readonly Word[], at: number): boolean {
  const isAdverb = (word: Word | undefined) =>
    /^(?:adverb|predicative)$/u.test(word?.reading.pos ?? "");
  return isAdverb(words[at - 1]) && isAdverb(words[at + 1]);
}

/** Когда он вошёл, мать и сестра встали: without a predicate before it и joins like to like. */
function joinsNouns(words: readonly Word[], from: number, at: number): boolean {
  const before = words[at - 1]?.reading;
  const after = words[at + 1]?.reading;
  const isNominal = /^(?:noun|pronoun|adjective|participle)$/u.test(after?.pos ?? "");
  const isAlike = before?.case !== undefined && before.case === after?.case;
  return isNominal && isAlike && !words.slice(from, at).some(isPredicate);
}

/**
 * Cuts a sentence where punctuation stands, and before и, а, но when there is a predicate on both
 * sides: Он встал | и вышел.
 */
export function clausesOf(words: readonly Word[]): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  let hadPredicate = false;
  let coordinated = false;
  for (const [at, word] of words.entries()) {
    const marked = at > 0 && PUNCTUATION.test(word.before);
    const joins =
      hadPredicate &&
      COORDINATORS.has(word.form) &&
      !joinsAdverbs(words, at) &&
      !joinsNouns(words, from, at) &&
      predicateAhead(words, at + 1);
    if (at > from && (marked || joins)) {
      clauses.push({ from, to: at, coordinated });
      from = at;
      coordinated = joins && !marked;
    }
    hadPredicate ||= isPredicate(word) || /^(?:comparative|predicative)$/u.test(word.reading.pos);
  }
  if (words.length > 0) clauses.push({ from, to: words.length, coordinated });
  return clauses;
}
