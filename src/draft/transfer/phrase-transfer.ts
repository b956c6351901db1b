import type { Word } from "../analysis/sentence.ts";
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
 * @returns the places that were dealt with.
 */
export function putPhrases(
  words: readonly Word[],
  lexicon: Lexicon,
  target: TargetSentence,
): Set<number> {
  const done = new Set<number>();
  const forms = words.map(({ form }) => form);
  for (let at = 0; at < words.length; at += 1) {
    const match = lexicon.phraseAt(forms, at);
    if (!match || match.length > runLength(words, at)) continue;
    // бы belongs to its verb: the rule for the conditional sees to it.
    if (forms.slice(at, at + match.length).includes("бы")) continue;
    target.put(at, match.entry.sr);
    for (let covered = at; covered < at + match.length; covered += 1) {
      done.add(covered);
      if (covered > at) target.put(covered, "");
    }
    at += match.length - 1;
  }
  return done;
}
