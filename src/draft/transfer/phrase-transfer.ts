import type { Word } from "../analysis/sentence.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { TargetSentence } from "./target-sentence.ts";

/** A phrase does not run across these. */
const BOUNDARY = /[.;:!?…()—–«»"„“]/u;

/** Words of a sentence from `from` on that no boundary parts. */
function runLength(words: readonly Word[], from: number): number {
  let at = from + 1;
  while (at < words.length && !BOUNDARY.test(words[at]?.before ?? "")) at += 1;
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
): { readonly done: Set<number>; readonly phrases: Map<number, LexiconEntry> } {
  const done = new Set<number>();
  const phrases = new Map<number, LexiconEntry>();
  const forms = words.map(({ form }) => form);
  for (let at = 0; at < words.length; at += 1) {
    const match = lexicon.phraseAt(forms, at);
    if (!match || match.length > runLength(words, at)) continue;
    // бы belongs to its verb: the rule for the conditional sees to it.
    if (forms.slice(at, at + match.length).includes("бы")) continue;
    // для того чтобы -> da: the verb after it stands in the present, not in the conditional.
    target.put(at, match.entry.sr.replace(/\bda bi$/u, "da"));
    phrases.set(at + match.length - 1, match.entry);
    for (let covered = at; covered < at + match.length; covered += 1) {
      done.add(covered);
      if (covered === at) continue;
      target.put(covered, "");
      target.setSeparatorBefore(covered, " ");
    }
    at += match.length - 1;
  }
  return { done, phrases };
}
