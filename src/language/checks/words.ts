const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
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

/** A pattern that finds whole words with one of these beginnings, small letters or capitals. */
export function wordsBeginningWith(beginnings: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${beginnings.join("|")})[\p{L}\p{M}]*`, "giu");
}

/** A pattern that finds exactly these words. */
export function wholeWords(words: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}-])(?:${words.join("|")})(?![\p{L}\p{M}-])`, "giu");
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
