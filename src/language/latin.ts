import { SERBIAN_LETTERS } from "./alphabet.ts";

const LATIN = new Map(SERBIAN_LETTERS);

const CYRILLIC_WORD = /[\p{Script=Cyrillic}\p{M}]+/gu;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;

/** All capitals, so that Љ is LJ; a word of one letter takes after the word beside it. */
function isAllCapitals(word: string, neighbour: string): boolean {
  const letters = word.match(/\p{L}/gu) ?? [];
  if (letters.length > 1) return !LOWER.test(word);
  return /^\P{L}*\p{Lu}{2}/u.test(neighbour) && UPPER.test(word);
}

function wordToLatin(word: string, allCapitals: boolean): string {
  let latin = "";
  for (const letter of word) {
    const lower = letter.toLowerCase();
    const plain = LATIN.get(lower);
    if (plain === undefined) latin += letter;
    else if (letter === lower) latin += plain;
    else if (allCapitals) latin += plain.toUpperCase();
    else latin += plain.charAt(0).toUpperCase() + plain.slice(1);
  }
  return latin;
}

/**
 * Serbian Cyrillic in Latin script. ЉУБАВ gives LJUBAV and Љубав gives Ljubav. Everything that is
 * no letter of Serbian Cyrillic stays: Latin text, digits, markers, letters of other languages.
 */
export function toLatin(text: string): string {
  return text.replaceAll(CYRILLIC_WORD, (word, at: number) => {
    const neighbour = text.slice(at + word.length, at + word.length + 16);
    return wordToLatin(word, isAllCapitals(word, neighbour));
  });
}
