const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
const UNBROKEN = /[\p{L}\p{M}]+/gu;
const HYPHENATED = /[\p{L}\p{M}-]+/gu;
const LETTER = /\p{L}/gu;
const STRESS = /\u0301/gu;

/** Running words in small letters, without stress marks. */
export function wordsOf(text: string): string[] {
  return (text.normalize("NFC").replaceAll(STRESS, "").match(WORD) ?? []).map((word) =>
    word.toLowerCase(),
  );
}

export function letterCount(text: string): number {
  return text.match(LETTER)?.length ?? 0;
}

/** Everything that a global pattern matches. */
export function matchesOf(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

/** Words as they stand in a text: letters and marks without a break. */
export function unbrokenWords(text: string): string[] {
  return text.match(UNBROKEN) ?? [];
}

/**
 * Takes those of some words that have one of these beginnings, small letters or capitals. Words and
 * not a text: a pattern that looks for the ends of words in a text, too, costs a new process some
 * milliseconds before it has found anything, and there are dozens of lists.
 *
 * @param beginnings patterns.
 */
export function withBeginning(
  beginnings: readonly string[],
): (words: readonly string[]) => string[] {
  const pattern = new RegExp(`^(?:${beginnings.join("|")})`, "iu");
  return (words) => words.filter((word) => pattern.test(word));
}

/** Takes exactly these words out of a text, small letters or capitals. */
export function wholeWords(words: readonly string[]): (text: string) => string[] {
  const wanted = new Set(words);
  return (text) => (text.match(HYPHENATED) ?? []).filter((word) => wanted.has(word.toLowerCase()));
}

/** Words of a list that is written down as running text. */
export function wordList(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

const QUOTED = /[«„“"](?<words>[^«»„“”"]+)[»“”"]/gu;

/** What stands in quotation marks, in small letters. */
export function quotedIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map((match) => (match.groups?.["words"] ?? "").toLowerCase());
}
