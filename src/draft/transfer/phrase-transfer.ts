import type { Word } from "../analysis/sentence.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { QUESTION_WORDS } from "./clause-opening.ts";
import type { TargetSentence } from "./target-sentence.ts";
import type { TransferTrace } from "./transfer-trace.ts";

/** A phrase does not run across these. */
const BOUNDARY = /[.;:!?…()—–«»"„“{}[\]\d*]/u;

/** любым: the instrumental, which the dative of the plural may look like. */
const PREDICATE_CASES = new Set(["ins", "dat"]);

/** и т. д.: points inside an abbreviation part nothing. */
const ABBREVIATED = /^\p{Ll}{1,2}$/u;
const POINT = /^\.\s*$/u;

function parts(words: readonly Word[], at: number): boolean {
  const before = words[at]?.before ?? "";
  if (!BOUNDARY.test(before)) return false;
  return !(POINT.test(before) && ABBREVIATED.test(words[at - 1]?.text ?? ""));
}

/** Words of a sentence from `from` on that no boundary parts. */
function runLength(words: readonly Word[], from: number): number {
  let at = from + 1;
  while (at < words.length && !parts(words, at)) at += 1;
  return at - from;
}

/**
 * Writes the fixed expressions of a sentence: the whole rendering stands in the place of the first
 * word, the other words vanish.
 *
 * @returns the places that were dealt with, and the expressions by the place of their last word.
 */
export function putPhrases(
  words: readonly Word[],
  lexicon: Lexicon,
  target: TargetSentence,
  trace?: TransferTrace,
): { readonly done: Set<number>; readonly phrases: Map<number, LexiconEntry> } {
  const done = new Set<number>();
  const phrases = new Map<number, LexiconEntry>();
  const forms = words.map(({ form }) => form);
  for (let at = 0; at < words.length; at += 1) {
    const match = lexicon.phraseAt(forms, at);
    if (!match || match.length > runLength(words, at)) continue;
    if (isRepeated(words, at, match.length) || opensLack(words, at)) continue;
    if (isOwnPredicate(words, at) || isAskedInfinitive(words, at, match.length)) continue;
    // бы belongs to its verb: the rule for the conditional sees to it.
    if (forms.slice(at, at + match.length).includes("бы")) continue;
    // для того чтобы -> da: the verb after it stands in the present, not in the conditional.
    target.put(at, match.entry.sr.replace(/\bda bi$/u, "da"));
    phrases.set(at + match.length - 1, match.entry);
    trace?.rule("a fixed expression is rendered as a whole", at);
    trace?.choice(at, [match.entry], match.entry);
    for (let covered = at; covered < at + match.length; covered += 1) {
      done.add(covered);
      if (covered === at) continue;
      target.put(covered, "");
      target.setSeparatorBefore(covered, " ");
    }
    dropAbbreviationPoint(words, at + match.length, target);
    at += match.length - 1;
  }
  return { done, phrases };
}

/** и т. д. и опять: the point of a short form goes with it, unless it ends the sentence too. */
function dropAbbreviationPoint(words: readonly Word[], at: number, target: TargetSentence): void {
  const next = words[at];
  if (next?.capitals !== "none" || !next.before.startsWith(".")) return;
  if (ABBREVIATED.test(words[at - 1]?.text ?? "")) {
    target.setSeparatorBefore(at, next.before.slice(1));
  }
}

/** не на что, не с кем beside an infinitive: nobody has what to do it with. */
function opensLack(words: readonly Word[], at: number): boolean {
  const pronoun = words[at + 2]?.reading;
  return (
    words[at]?.form === "не" &&
    words[at + 1]?.reading.pos === "preposition" &&
    pronoun?.pos === "pronoun" &&
    words.some(({ reading }) => reading.pos === "infinitive")
  );
}

/** Да, да; так, как: with a comma between them these are no expressions. */
const isRepeated = (words: readonly Word[], at: number, length: number) =>
  length === 2 &&
  (words[at]?.form === words[at + 1]?.form || words[at]?.form === "так") &&
  words[at + 1]?.before.includes(",") === true;

/** не знал, что делать: an indirect question, whose infinitive has a subject. */
function isAskedInfinitive(words: readonly Word[], at: number, length: number): boolean {
  const last = words[at + length - 1]?.reading;
  const isInfinitive = last?.pos === "infinitive" && last.lemma !== "быть";
  return at > 0 && isInfinitive && QUESTION_WORDS.test(words[at]?.reading.lemma ?? "");
}

/** он может быть любым: here может быть says that he can, not that perhaps. */
function isOwnPredicate(words: readonly Word[], at: number): boolean {
  if (words[at]?.form !== "может" || words[at + 1]?.form !== "быть") return false;
  const next = words[at + 2];
  return next?.before === " " && PREDICATE_CASES.has(next.reading.case ?? "nom");
}
