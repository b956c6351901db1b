import { mixedScriptWords } from "../alphabet.ts";
import { repairHomoglyphs } from "../homoglyphs.ts";
import { voteLanguage } from "../language-vote.ts";
import { listed, type Check, type CheckContext, type CheckedPair } from "./check.ts";
import { dividedDigraphs } from "./digraphs.ts";
import { echoIn } from "./echo.ts";
import { RUSSIAN_WORDS } from "./russian-words.ts";
import { letterCount, matchesOf, quotedIn, wholeWords } from "./words.ts";

/** Letters of Russian, Ukrainian, Belarusian, Bulgarian, Macedonian and of the spelling before 1918. */
const FOREIGN_CYRILLIC = /[ыэъёщйьяюїєіґўѣѳѵѓќѕ]/iu;
const SERBIAN_ONLY = /[јљњћђџ]/iu;
const CYRILLIC_WORD = /[\p{Script=Cyrillic}\p{M}]+/gu;
const LATIN_WORD = /[\p{Script=Latin}\p{M}]+/gu;
const CYRILLIC_LETTER = /\p{Script=Cyrillic}/gu;
const ROMAN_NUMERAL = /^[IVXLCDM]+$/;
const russianAmong = wholeWords(RUSSIAN_WORDS);
/** Я is the one letter of these that is a word of Russian prose, so that it is no talk of letters. */
const PRONOUN = /^я$/iu;

/** Letters that the source speaks of, each standing alone: "the letter ъ". */
function lettersNamedIn(source: string): Set<string> {
  const words = matchesOf(source, CYRILLIC_WORD).filter((word) => word.length === 1);
  const quoted = quotedIn(source);
  return new Set(
    words
      .map((word) => word.toLowerCase())
      .filter((word) => !PRONOUN.test(word) || quoted.includes(word)),
  );
}

function foreignWords({ source, translation }: CheckedPair, { keptWords }: CheckContext) {
  const text = translation.normalize("NFC");
  if (!FOREIGN_CYRILLIC.test(text)) return undefined;
  const suspects = matchesOf(text, CYRILLIC_WORD).filter((word) => FOREIGN_CYRILLIC.test(word));
  const named = lettersNamedIn(source);
  return listed(
    suspects.filter((word) => {
      const lower = word.toLowerCase();
      return !named.has(lower) && !keptWords?.has(lower);
    }),
  );
}

/** A text of so many letters without ј, љ, њ, ћ, ђ and џ does not occur in Serbian prose. */
const TELLING_LETTERS = 120;
/** Lists of foreign names may do without them. */
const MAX_NAMES_SHARE = 0.5;

function noSerbianLetters({ translation }: CheckedPair): string | undefined {
  if (SERBIAN_ONLY.test(translation)) return undefined;
  const letters = matchesOf(translation, CYRILLIC_LETTER).length;
  if (letters <= TELLING_LETTERS) return undefined;
  const words = matchesOf(translation, CYRILLIC_WORD);
  const names = words.filter((word) => /^\p{Lu}\p{Ll}/u.test(word));
  return names.length > words.length * MAX_NAMES_SHARE ? undefined : `${letters} letters`;
}

const FEW_WORDS = 6;

/** One such word may be a quotation; two, or one in a short text, are Russian that is left. */
function russianWords({ source, translation }: CheckedPair, { keptWords }: CheckContext) {
  const quoted = quotedIn(translation).filter((words) => source.toLowerCase().includes(words));
  const text = quoted.reduce((rest, words) => rest.replace(words, " "), translation.toLowerCase());
  const found = russianAmong(text).filter((word) => !keptWords?.has(word));
  if (found.length === 0) return undefined;
  const isShort = matchesOf(text, CYRILLIC_WORD).length <= FEW_WORDS;
  return found.length >= 2 || isShort ? listed(found) : undefined;
}

/** Words that no exchange of lookalike letters brings into one script may be meant so, if the source has them. */
function mixedWords({ source, translation }: CheckedPair): string | undefined {
  const meant = (word: string) => source.includes(word) && repairHomoglyphs(word) === word;
  return listed(mixedScriptWords(translation).filter((word) => !meant(word)));
}

function addedLatinWords({ source, translation }: CheckedPair): string[] {
  const words = matchesOf(translation, LATIN_WORD);
  if (words.length === 0) return [];
  const known = new Set(matchesOf(source, LATIN_WORD).map((word) => word.toLowerCase()));
  return words.filter((word) => !known.has(word.toLowerCase()) && !ROMAN_NUMERAL.test(word));
}

const MIN_LATIN_WORDS = 4;
/** So many words are a sentence: not all of it can be a term that is written in Latin. */
const SENTENCE_WORDS = 3;
/** Languages in which models answer instead of Serbian Cyrillic. */
const WRONG_LANGUAGES = new Set(["sr-Latn", "en", "de", "fr"]);

function latinAnswer(pair: CheckedPair): string | undefined {
  const added = addedLatinWords(pair);
  if (added.length === 0) return undefined;
  const latin = added.reduce((sum, word) => sum + word.length, 0);
  if (latin * 2 <= letterCount(pair.translation)) return undefined;
  const isSentence = matchesOf(pair.source, CYRILLIC_WORD).length >= SENTENCE_WORDS;
  const hasNothingElse = isSentence && matchesOf(pair.translation, CYRILLIC_LETTER).length === 0;
  const isClear =
    hasNothingElse || added.length >= MIN_LATIN_WORDS || /[čćšžđ]/iu.test(added.join(""));
  // A French phrase that the source spells in Cyrillic may rightly be French again.
  const isPhrase = added.length < MIN_LATIN_WORDS * 2 && voteLanguage(added.join(" ")) === "fr";
  const vote = voteLanguage(pair.translation);
  return (isClear && !isPhrase) || (WRONG_LANGUAGES.has(vote) && vote !== "fr")
    ? listed(added)
    : undefined;
}

/** Script and language: C01 to C06. */
export const SCRIPT_CHECKS: readonly Check[] = [
  {
    id: "C01",
    severity: "error",
    title: "letters that Serbian does not have",
    why: "Russian left as it was, or letters mistaken for Serbian ones. Let pass: letters that the source itself speaks of, and words that are kept by decision.",
    onlyFor: "sr",
    find: foreignWords,
  },
  {
    id: "C02",
    severity: "error",
    title: "not one letter that only Serbian has",
    why: "Eight in a hundred letters of Serbian are ј љ њ ћ ђ џ; a longer text without any is another language. Let pass: lists of names.",
    onlyFor: "sr",
    find: noSerbianLetters,
  },
  {
    id: "C03",
    severity: "error",
    title: "Russian words",
    why: "Words without which Russian cannot do and that Serbian does not have. Let pass: a single one in a longer text, and quotations that the source quotes, too.",
    onlyFor: "sr",
    find: russianWords,
  },
  {
    id: "C04",
    severity: "error",
    title: "the source is repeated",
    why: "Untranslated text looks like a translation, since both are Cyrillic. Let pass: up to three words, names, words that both languages share.",
    find: echoIn,
  },
  {
    id: "C05",
    severity: "error",
    title: "words that mix scripts",
    why: "Latin lookalikes break search and reading aloud. Let pass: what the source writes so on purpose.",
    onlyFor: "sr",
    find: mixedWords,
  },
  {
    id: "C05a",
    severity: "error",
    title: "an answer in Latin script",
    why: "Serbian Latin, Croatian or English came back. Let pass: Latin words of the source, Roman numerals, single foreign phrases.",
    onlyFor: "sr",
    find: latinAnswer,
  },
  {
    id: "C05b",
    severity: "warning",
    title: "Latin words that the source does not have",
    why: "A word was left or put into another language. Often right for terms and foreign phrases, so never an error.",
    onlyFor: "sr",
    find: (pair) => listed(addedLatinWords(pair)),
  },
  {
    id: "C06",
    severity: "warning",
    title: "љ, њ or џ written as two letters",
    why: "Mended by itself; a warning stays only where the text was not mended. Let pass: words in which both letters are sounded.",
    onlyFor: "sr",
    find: ({ translation }) => listed(dividedDigraphs(translation)),
  },
];
