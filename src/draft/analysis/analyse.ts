import { repairHomoglyphs } from "../../language/homoglyphs.ts";
import { foldYo } from "../lexicon/spelling.ts";
import type { LexicalClass } from "../lexicon/entry.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import type { Morphology, PartOfSpeech, Reading } from "../morphology/reading.ts";
import { isNameByPlace, undeclinedNameReadings } from "../names/name-by-place.ts";
import { chooseReadings, type AmbiguousWord } from "./disambiguation.ts";
import type { PlacedMarker } from "./markers.ts";
import type { Capitals, Sentence, Word } from "./sentence.ts";
import { readText, type RawWord } from "./text.ts";

const STRESS = /[\u0300\u0301]/gu;
const MIXED_WORD = /[\p{L}\p{M}]+/gu;

/** RousseauВсе: two words whose space was lost, not one with wrong letters. */
const GLUED_SENTENCES =
  /(?<=\p{Script=Latin}{2}[\p{Script=Latin}&&\p{Ll}])(?=[\p{Script=Cyrillic}&&\p{Lu}])/v;

/** Scans put Latin letters into Russian words; the lengths stay, so that all offsets hold. */
export function withoutHomoglyphs(text: string): string {
  return text.replaceAll(MIXED_WORD, (word) =>
    word.split(GLUED_SENTENCES).map(repairHomoglyphs).join(""),
  );
}

function capitalsOf(text: string): Capitals {
  const letters = text.replaceAll(/\P{L}/gu, "");
  if (letters.charAt(0) === letters.charAt(0).toLowerCase()) return "none";
  return letters.length > 1 && letters === letters.toUpperCase() ? "all" : "initial";
}

/** Whether a marker pair holds nothing but this word: the book stresses it. */
function isEmphasised({ start, text }: RawWord, markers: readonly PlacedMarker[]): boolean {
  const opened = markers.find(({ role, at }) => role === "open" && at === start);
  return markers.some(
    ({ role, at, number }) =>
      role === "close" && at === start + text.length && number === opened?.number,
  );
}

/** In which classes of the lexicon a part of speech is looked up. */
const LEXICAL_CLASSES: Readonly<Record<PartOfSpeech, readonly LexicalClass[]>> = {
  noun: ["n"],
  adjective: ["a", "pron", "num"],
  "short-adjective": ["a", "pred"],
  comparative: ["a", "adv"],
  verb: ["v"],
  infinitive: ["v"],
  participle: ["v", "a"],
  "short-participle": ["v", "a"],
  gerund: ["v"],
  numeral: ["num"],
  adverb: ["adv", "part", "conj", "pred"],
  pronoun: ["pron"],
  preposition: ["prep"],
  conjunction: ["conj", "part"],
  particle: ["part", "conj", "intj"],
  interjection: ["intj"],
  predicative: ["pred", "adv"],
  unknown: [],
};

/**
 * Readings of words that the lexicon lists, where there are any: the dictionary of Russian is larger
 * than the language, and offers стоялый for стоял and пола for поле.
 */
function listedReadings(readings: readonly Reading[], lexicon: Lexicon): readonly Reading[] {
  const listed = readings.filter(({ lemma, pos, reflexive }) => {
    const plain = reflexive ? lemma.slice(0, -2) : lemma;
    return LEXICAL_CLASSES[pos].some(
      (its) => lexicon.entriesOf(lemma, its).length > 0 || lexicon.entriesOf(plain, its).length > 0,
    );
  });
  return listed.length > 0 ? listed : readings;
}

/** Hears, sentence by sentence, the words with all their readings. */
export type AnalysisTrace = (words: readonly AmbiguousWord[]) => void;

/**
 * Reads plain Russian text: sentences of words with one reading each.
 *
 * @param markers the inline markers that were taken out of the text.
 * @param trace who wants to know why.
 */
export function analyse(
  text: string,
  morphology: Morphology,
  lexicon: Lexicon,
  markers: readonly PlacedMarker[],
  trace?: AnalysisTrace,
): Sentence[] {
  return readText(text).map(({ words, after }) => {
    const offered = withReadings(words, morphology, lexicon);
    const readings = chooseReadings(offered);
    trace?.(offered);
    return { words: words.map((word, at) => readWord(word, readings[at], markers)), after };
  });
}

/** How much likelier an adverb is where nothing is known of the sentence. */
const PREDICATIVE_SHARE = 0.5;

/** здесь хорошо: an adverb in -о may be the predicate of a clause that has no other. */
function withPredicative(readings: readonly Reading[]): readonly Reading[] {
  const adverb = readings.find(({ pos, lemma }) => pos === "adverb" && lemma.endsWith("о"));
  const isState = readings.some(({ pos }) => pos === "short-adjective");
  if (!adverb || !isState || readings.some(({ pos }) => pos === "predicative")) return readings;
  const score = adverb.score * PREDICATIVE_SHARE;
  return [...readings, { lemma: adverb.lemma, pos: "predicative", known: adverb.known, score }];
}

/** What stands before a word whose capital is no beginning of a sentence or a speech. */
const INSIDE = /^,?[ \u00a0]+$/u;

const formOf = (text: string) => foldYo(text.toLowerCase().replaceAll(STRESS, ""));

function withReadings(
  words: readonly RawWord[],
  morphology: Morphology,
  lexicon: Lexicon,
): AmbiguousWord[] {
  return words.map(({ text, before }, at) => {
    const capitals = capitalsOf(text);
    const readings = withPredicative(listedReadings(morphology.readingsOf(text), lexicon));
    const isInside = at > 0 && INSIDE.test(before) && capitals === "initial";
    const isName = isInside && isNameByPlace(readings);
    return { before, capitals, readings: isName ? undeclinedNameReadings(formOf(text)) : readings };
  });
}

function readWord(
  word: RawWord,
  reading: Reading | undefined,
  markers: readonly PlacedMarker[],
): Word {
  const { text, start, before } = word;
  if (reading === undefined) throw new TypeError(`no reading for ${text}`);
  return {
    text,
    start,
    before,
    form: formOf(text),
    capitals: capitalsOf(text),
    emphasised: isEmphasised(word, markers),
    reading,
  };
}
