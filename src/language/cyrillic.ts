import { SERBIAN_LETTERS } from "./alphabet.ts";
import { SPLIT_AT_START, SPLIT_INSIDE } from "./cyrillic-exceptions.ts";

const CYRILLIC = new Map([
  ...SERBIAN_LETTERS.map(([cyrillic, latin]) => [latin, cyrillic] as const),
  // One-character digraphs of Unicode.
  ["ǆ", "џ"],
  ["ǉ", "љ"],
  ["ǌ", "њ"],
] as const);

/** What is not a word to convert: markers, addresses, file names, handles, words with digits. */
const UNTOUCHED = new RegExp(
  [
    /<\/?\d+\/?>/u,
    /[a-z][a-z+.-]*:\/\/\S+/u,
    /www\.\S+/u,
    /[\w.+-]+@[\w-]+\.[\w.-]+/u,
    /@[\w]+/u,
    /[\p{L}\d_-]+\.(?:com|org|net|rs|ru|info|txt|pdf|jpg|png|fb2|zip|html?)\b/u,
    /[\p{L}\d]*\d[\p{L}\d]*/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "giu",
);

const LATIN_WORD = /[\p{Script=Latin}\p{M}]+/gu;
const SERBIAN_LATIN_WORD = /^[a-pr-vzčćđšžǆǉǌ]+$/iu;
const ROMAN_NUMERAL =
  /^(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
/** Roman by their letters, but far commoner as Serbian words in capitals. */
const WORDS_LIKE_NUMERALS = new Set(["MI", "DI", "LI", "VI", "CI"]);
/** Letters as Serbian never writes them in a word of its own: Anna, Rossi, jazz, coffee, Jack. */
const FOREIGN_SPELLING =
  /([bcčćdđfghlmnpqrstvwxyzšž])\1(?!$)|[aeiou](?:ll|nn|ss|tt|zz|ck)$|ck(?=ing|land|ham)|sch|oo|ee/iu;
/**
 * At a prefix boundary Serbian does double (najjači, nuzzarada, poddijalekt), and vowels also in
 * words from Greek and Latin (zoološki, koordinata, mikroorganizam, reelekcija).
 */
const NATIVE_DOUBLING =
  /^(?:naj|nuz|pod|pred|od|nad|bez|iz|raz|van|šez|de|zoo|koo|mikroo|makroo|radioo|elektroo|reel(?:ek|ab)|pree|nee)/iu;

const SPLIT = "\u200b";

const splitting = [
  ...SPLIT_AT_START.map((entry) => ({ entry, prefix: "^" })),
  ...SPLIT_INSIDE.map((entry) => ({ entry, prefix: "" })),
].map(({ entry, prefix }) => {
  const [first = "", second = ""] = entry.split("|");
  return new RegExp(`${prefix}(${first})(?=${second})`, "iu");
});

/** Puts a mark between two letters that are not one digraph in this word. */
function partDigraphs(word: string): string {
  const rule = splitting.find((pattern) => pattern.test(word));
  return rule === undefined ? word : word.replace(rule, `$1${SPLIT}`);
}

/** Hmm, brrr, pssst: Serbian doubles letters in these. */
const INTERJECTION = /^\p{L}[^aeiou\p{Lu}]+$/u;

function isForeign(word: string): boolean {
  if (!SERBIAN_LATIN_WORD.test(word)) return true;
  if (INTERJECTION.test(word)) return false;
  return FOREIGN_SPELLING.test(word) && !NATIVE_DOUBLING.test(word);
}

function isRomanNumeral(word: string): boolean {
  return ROMAN_NUMERAL.test(word) && !WORDS_LIKE_NUMERALS.has(word);
}

/**
 * One word that is known to be Serbian: unlike `toCyrillic` it also converts what looks like a Roman
 * numeral or a foreign word.
 */
export function serbianWordToCyrillic(word: string): string {
  const letters = partDigraphs(word.normalize("NFC"));
  const cyrillic = letters.replaceAll(/[dD][žŽ]|[lLnN][jJ]|\p{L}/gu, (letter) => {
    const found = CYRILLIC.get(letter.toLowerCase());
    if (found === undefined) return letter;
    return letter.charAt(0) === letter.charAt(0).toLowerCase() ? found : found.toUpperCase();
  });
  return cyrillic.replaceAll(SPLIT, "");
}

function convertWords(text: string): string {
  return text.replaceAll(LATIN_WORD, (word) => {
    const composed = word.normalize("NFC");
    return isRomanNumeral(composed) || isForeign(composed) ? word : serbianWordToCyrillic(composed);
  });
}

/**
 * Serbian Latin in Cyrillic script. Words in which d+ž, l+j or n+j are two sounds are told apart by
 * a list (nadživeti, injekcija, konjunktura, Tanjug). Left alone: Roman numerals of two letters and
 * more, addresses, file names, words with digits, markers, and words that no Serbian would spell so
 * (with q, w, x, y or doubled letters).
 */
export function toCyrillic(text: string): string {
  let converted = "";
  let last = 0;
  for (const match of text.matchAll(UNTOUCHED)) {
    converted += convertWords(text.slice(last, match.index)) + match[0];
    last = match.index + match[0].length;
  }
  return converted + convertWords(text.slice(last));
}
