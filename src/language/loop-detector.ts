/** The longest turn of a loop that is looked for, in words. */
const MAX_PERIOD = 20;
/** How often a turn has to come round without anything between, and how many words that must be. */
const MIN_TURNS = 5;
const MIN_WORDS = 24;
/** The same letter so often in a row is no word of any book. */
const LETTER_RUN = /(\p{L})\1{40}/u;

/** Looking back costs time: it is done once for so many new characters. */
const CHECK_EVERY_CHARS = 400;
const WINDOW_CHARS = 2400;

/**
 * Notices that a text which streams in runs in circles, as models do when they have lost the thread
 * (QUALITY, C40): the same words round and round, or one letter without end. Refrains, which have
 * other words between them, are left alone.
 */
export class LoopDetector {
  #tail = "";
  #unread = 0;

  /** Takes the next piece; true once the text is in a loop. */
  push(piece: string): boolean {
    this.#tail += piece;
    this.#unread += piece.length;
    if (this.#unread < CHECK_EVERY_CHARS) return false;
    this.#unread = 0;
    this.#tail = this.#tail.slice(-WINDOW_CHARS);
    if (LETTER_RUN.test(this.#tail)) return true;
    // The last word may be cut in two.
    const words = (this.#tail.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, -1);
    return Array.from({ length: MAX_PERIOD }, (_, at) => at + 1).some((period) =>
      isPeriodic(words, period),
    );
  }
}

/** Whether the text ends in one turn of `period` words, again and again. */
function isPeriodic(words: readonly string[], period: number): boolean {
  const length = Math.max(period * MIN_TURNS, MIN_WORDS);
  const from = words.length - length;
  if (from < 0) return false;
  for (let at = from; at + period < words.length; at += 1) {
    if (words[at] !== words[at + period]) return false;
  }
  return true;
}
