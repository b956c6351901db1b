/** Sound changes of Serbian at the seams of words (Piper and Klajn, Normativna gramatika, 2013). */

const SOFT = /(?:č|ć|š|ž|đ|dž|lj|nj|j|št|žd)$/u;
const SIBILANTS: Readonly<Record<string, string>> = { k: "c", g: "z", h: "s" };
const PALATALS: Readonly<Record<string, string>> = { k: "č", g: "ž", h: "š", c: "č", z: "ž" };
const VOWEL = /[aeiou]/u;

/** Endings begin with e after these where they begin with o elsewhere: mužem, gradom. */
export function isSoft(stem: string): boolean {
  return SOFT.test(stem);
}

/** k, g, h before i: junak, junaci; but not in consonant groups that resist (tetka, tetki). */
export function sibilarised(stem: string): string {
  const sibilant = SIBILANTS[stem.at(-1) ?? ""];
  return sibilant === undefined ? stem : stem.slice(0, -1) + sibilant;
}

/** k, g, h, c, z before e: junak, junače; stric, striče. */
export function palatalised(stem: string): string {
  const palatal = PALATALS[stem.at(-1) ?? ""];
  return palatal === undefined ? stem : stem.slice(0, -1) + palatal;
}

/** Vowels, and r between consonants: prst has one. */
export function syllableCount(word: string): number {
  const vowels = word.match(/[aeiou]/gu)?.length ?? 0;
  const syllabicR = word.match(/(?<![aeiou])r(?![aeiouj]|$)/gu)?.length ?? 0;
  return vowels + syllabicR;
}

const CLUSTER = /^(.*[^aeiou])(lj|nj|dž|[^aeiou])$/u;
/** Groups that a genitive plural bears without a vowel between: mesta, zvezda. */
const BEARABLE = /(?:st|zd|št|žd|šć|šč|žđ)$/u;

/** A stem that would end in a group of consonants gets an a into it: pismo, pisama. */
export function withFleetingA(stem: string): string {
  const cluster = CLUSTER.exec(stem);
  if (cluster === null || BEARABLE.test(stem)) return stem;
  const [, before = "", last = ""] = cluster;
  // lj, nj and dž are one consonant each.
  if (/^(?:lj|nj|dž)$/u.test(stem.slice(-2)) && VOWEL.test(stem.at(-3) ?? "")) return stem;
  return `${before}a${last}`;
}
