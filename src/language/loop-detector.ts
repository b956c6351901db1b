/** Words that make one turn of a loop, and how often it has to come round. */
const TURN_WORDS = 4;
const MAX_TURNS = 5;
/** Words that are looked back upon. */
const WINDOW_WORDS = 200;
/** The same letter so often in a row is no word of any book. */
const MAX_LETTER_RUN = 40;

const LETTER_RUN = new RegExp(String.raw`(\p{L})\1{${MAX_LETTER_RUN}}`, "u");

/**
 * Notices that a text which streams in runs in circles, as models do when they have lost the thread
 * (QUALITY, C40): the same four words again and again, or one letter without end.
 */
export class LoopDetector {
  #tail = "";

  /** Takes the next piece; true once the text is in a loop. */
  push(piece: string): boolean {
    this.#tail = (this.#tail + piece).slice(-WINDOW_WORDS * 12);
    if (LETTER_RUN.test(this.#tail)) return true;
    const words =
      this.#tail
        .toLowerCase()
        .match(/\p{L}+/gu)
        ?.slice(-WINDOW_WORDS) ?? [];
    const last = words.slice(-TURN_WORDS - 1, -1).join(" ");
    if (words.length <= TURN_WORDS * MAX_TURNS || last === "") return false;
    return turnsOf(words, last) > MAX_TURNS;
  }
}

/** How often the words of `turn` stand in a row. */
function turnsOf(words: readonly string[], turn: string): number {
  let turns = 0;
  for (let at = 0; at + TURN_WORDS <= words.length; at += 1) {
    if (words.slice(at, at + TURN_WORDS).join(" ") === turn) turns += 1;
  }
  return turns;
}
