import type { Word } from "../analysis/sentence.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** не раз, не без, не то: expressions of their own. */
const FIXED = new Set(["раз", "без", "то", "столько", "так", "менее", "более", "меньше", "больше"]);

/** Adverbs of time and manner that a negation singles out: не скоро, не сразу. */
const NEGATABLE_ADVERBS = new Set(
  "скоро сразу всегда часто здесь там тут сейчас теперь тогда вчера сегодня туда сюда долго легко напрасно".split(
    " ",
  ),
);

function isSingledOut(word: Word | undefined): boolean {
  if (word === undefined || FIXED.has(word.form)) return false;
  const { pos, pronominal } = word.reading;
  if (pos === "adverb") return NEGATABLE_ADVERBS.has(word.form);
  if (pos === "adjective") return pronominal === true;
  return pos === "pronoun" || pos === "noun" || pos === "preposition" || word.form === "только";
}

/**
 * Where the не of another word than the verb stands, which Serbian says with the verb: не я это
 * сделал, nisam ja to učinio; пришёл не один, nije došao sam.
 */
export function foreignNegation(
  { words, clause, done }: ClauseContext,
  verbAt: number,
): number | undefined {
  if (words[verbAt - 1]?.form === "не") return undefined;
  for (let at = clause.from; at < clause.to - 1; at += 1) {
    if (words[at]?.form !== "не" || done.has(at) || done.has(at + 1)) continue;
    if (at !== verbAt - 1 && isSingledOut(words[at + 1])) return at;
  }
  return undefined;
}
