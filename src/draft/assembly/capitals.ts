import type { Word } from "../analysis/sentence.ts";

export function withInitialCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const OPENS = /[.!?…:«„"“(—–-]|^$/u;

/** Whether a capital here belongs to the place, not to the word: the beginning of a sentence. */
export function opensSentence({ before }: Word, at: number): boolean {
  return at === 0 || (OPENS.test(before.trim()) && before.trim() !== "");
}
