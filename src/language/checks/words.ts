const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
const LETTER = /\p{L}/gu;

/** Running words in small letters. */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

export function letterCount(text: string): number {
  return text.match(LETTER)?.length ?? 0;
}

/** A pattern that finds whole words with one of these beginnings, small letters or capitals. */
export function wordsBeginningWith(beginnings: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${beginnings.join("|")})[\p{L}\p{M}]*`, "giu");
}

/** A pattern that finds exactly these words. */
export function wholeWords(words: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words.join("|")})(?![\p{L}\p{M}])`, "giu");
}
