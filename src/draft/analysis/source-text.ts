import type { Sentence } from "./sentence.ts";

/** The source from one word to another, with what stands between them. */
export function sourceText({ words }: Sentence, from: number, to: number): string {
  return words
    .slice(from, to + 1)
    .map(({ before, text }, at) => (at === 0 ? text : before + text))
    .join("");
}

/** The words of a sentence as they stand in the book. */
export function textOfSentence(sentence: Sentence): string {
  return sourceText(sentence, 0, sentence.words.length - 1);
}
