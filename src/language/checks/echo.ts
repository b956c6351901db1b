import type { CheckContext, CheckedPair } from "./check.ts";
import { RUSSIAN_WORDS, SHARED_WORDS } from "./russian-words.ts";
import { letterCount, matchesOf, wordsOf } from "./words.ts";

const NGRAM_LETTERS = 3;
const ECHO_SIMILARITY = 0.8;
const MIN_ECHO_WORDS = 4;
/** In fewer words the languages may be that much alike by right; there only the very same words count. */
const MIN_WORDS_OF_LIKENESS = 8;
/** A shorter word that Serbian does not have in this form is hard to tell from one that it has. */
const MIN_TELLING_LETTERS = 4;
/** Serbian prose has eight of these in a hundred letters. */
const SERBIAN_ONLY = /[јљњћђџ]/giu;
const MAX_SERBIAN_SHARE = 0.01;
const CYRILLIC = /^[\p{Script=Cyrillic}-]+$/u;
const RUSSIAN = new Set(RUSSIAN_WORDS);
/** A capital after another word: a name, not the beginning of a sentence. */
const NAME = /(?<=[\p{L},] )\p{Lu}\p{Ll}[\p{L}\p{M}-]*/gu;
const CAPITALISED = /(?<![\p{L}\p{M}-])\p{Lu}\p{Ll}[\p{L}\p{M}-]*/gu;
/** In a list of names the first word is one, too. */
const NAMES_SHARE = 0.75;

function ngramsOf(text: string): Set<string> {
  const letters = wordsOf(text).join(" ");
  const found = new Set<string>();
  for (let at = 0; at + NGRAM_LETTERS <= letters.length; at += 1) {
    found.add(letters.slice(at, at + NGRAM_LETTERS));
  }
  return found;
}

/** Jaccard similarity of the sets of letter triples, 0 to 1; case and punctuation do not count. */
export function similarity(one: string, other: string): number {
  const first = ngramsOf(one);
  const second = ngramsOf(other);
  const common = [...first].filter((gram) => second.has(gram)).length;
  const together = first.size + second.size - common;
  return together === 0 ? 0 : common / together;
}

function namesIn(text: string): Set<string> {
  const capitalised = matchesOf(text, CAPITALISED);
  const isList = capitalised.length > wordsOf(text).length * NAMES_SHARE;
  const names = isList ? capitalised : matchesOf(text, NAME);
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Whether a word that stands in source and translation alike should have been translated. */
function isTelling(word: string, kept: ReadonlySet<string>): boolean {
  if (RUSSIAN.has(word)) return true;
  return (
    word.length >= MIN_TELLING_LETTERS &&
    CYRILLIC.test(word) &&
    !kept.has(word) &&
    !word.split("-").every((part) => SHARED_WORDS.has(part))
  );
}

/**
 * That the translation is the source again, or nearly so. Both languages are written in Cyrillic, so
 * that script alone does not tell. Let pass: three words and fewer, names, words that are Serbian as
 * they are, and passages in a third language.
 */
export function echoIn(
  { source, translation }: CheckedPair,
  { keptWords }: CheckContext,
): string | undefined {
  const serbian = matchesOf(translation, SERBIAN_ONLY).length;
  if (serbian > letterCount(translation) * MAX_SERBIAN_SHARE) return undefined;
  const words = wordsOf(source);
  if (words.length < MIN_ECHO_WORDS) return undefined;
  const answer = wordsOf(translation);
  const isSame = answer.join(" ") === words.join(" ");
  const alike = isSame ? 1 : similarity(source, translation);
  if (alike <= ECHO_SIMILARITY || (!isSame && words.length < MIN_WORDS_OF_LIKENESS)) {
    return undefined;
  }
  const known = new Set(words);
  const kept = new Set([...namesIn(source), ...(keptWords ?? [])]);
  const telling = answer.some((word) => known.has(word) && isTelling(word, kept));
  return telling ? `${Math.round(alike * 100)} % alike` : undefined;
}
