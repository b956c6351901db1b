import type { Check, CheckedPair } from "./check.ts";

const TOKEN = /[\p{L}\p{M}]+|\p{N}+/gu;
const LAST_WORD = /[\p{L}\p{M}\p{N}]+$/u;
const CHARACTER_RUN = /(?<character>\p{L})\k<character>{8,}/gu;

/** A loop goes around a unit of at most so many words. */
const MAX_PERIOD_WORDS = 40;
/** A unit that comes so often in a row is a loop if the source has nothing like it. */
const MIN_ROUNDS = 4;
/** One or two words in a row may be laughter, a song or a cry. */
const MIN_ROUNDS_OF_SHORT = 12;
const SHORT_PERIOD_WORDS = 2;
/** A translation may take more words than its source for the same cry. */
const ROUNDS_ALLOWANCE = 2;

const leastRounds = (period: number) =>
  period <= SHORT_PERIOD_WORDS ? MIN_ROUNDS_OF_SHORT : MIN_ROUNDS;

/** Follows a text word by word and counts how often its end repeats what comes before it. */
class RoundCounter {
  readonly #recent: string[] = [];
  /** For each period, how many words in a row equal the word one period before. */
  readonly #runs = [0];

  /** Takes the next word; returns rounds and period of the tightest loop that it is in. */
  push(word: string): { readonly rounds: number; readonly period: number } {
    const recent = this.#recent;
    let best = { rounds: 1, period: 0 };
    for (let period = 1; period <= recent.length; period += 1) {
      if (recent[recent.length - period] !== word) {
        this.#runs[period] = 0;
        continue;
      }
      const run = (this.#runs[period] ?? 0) + 1;
      this.#runs[period] = run;
      const rounds = Math.floor(run / period) + 1;
      if (rounds > best.rounds) best = { rounds, period };
    }
    recent.push(word);
    if (recent.length > MAX_PERIOD_WORDS) recent.shift();
    return best;
  }
}

/** @param text small letters. */
function mostRounds(text: string): number {
  const counter = new RoundCounter();
  const words = text.match(TOKEN) ?? [];
  return words.reduce((most, word) => Math.max(most, counter.push(word).rounds), 1);
}

/** @param text small letters. */
function longestRun(text: string): number {
  return Math.max(1, ...(text.match(CHARACTER_RUN) ?? []).map((run) => run.length));
}

const MAX_WORD_LETTERS = 400;
/** So often a letter may stand in a row, whatever the source has. */
const MAX_RUN = 8;

/**
 * C40 while a text streams in: tells as soon as it runs in circles. Figures count as words, so that
 * the numbering of an answer keeps equal short segments apart. Memory and time per word are bounded.
 */
export class LoopDetector {
  readonly #counter = new RoundCounter();
  readonly #source: string;
  #sourceRounds: number | undefined;
  #pending = "";
  #looping = false;

  /** @param source what is being translated; its own repetitions are no loops. */
  constructor(source = "") {
    this.#source = source.toLowerCase();
  }

  /** Takes the next piece, cut anywhere. Once true, it stays true. */
  push(piece: string): boolean {
    if (this.#looping) return true;
    const text = (this.#pending + piece).toLowerCase();
    // The last word may go on in the next piece; one without end is judged as it stands.
    // Where a word begins before the last space, the pattern would look for its end in vain.
    const lastWord = LAST_WORD.exec(text.slice(text.lastIndexOf(" ") + 1))?.[0] ?? "";
    this.#pending = lastWord.slice(-MAX_WORD_LETTERS);
    const complete = text.slice(0, text.length - lastWord.length);
    this.#looping =
      this.#runsOn(complete) || this.#runsOn(this.#pending) || this.#goesAround(complete);
    return this.#looping;
  }

  #runsOn(text: string): boolean {
    const run = longestRun(text);
    return run > MAX_RUN && run > longestRun(this.#source) * ROUNDS_ALLOWANCE;
  }

  #allowedRounds(): number {
    this.#sourceRounds ??= mostRounds(this.#source);
    return this.#sourceRounds * ROUNDS_ALLOWANCE;
  }

  #goesAround(text: string): boolean {
    return (text.match(TOKEN) ?? []).some((word) => {
      const { rounds, period } = this.#counter.push(word);
      // Few texts come so far that the source has to be looked at.
      return rounds >= leastRounds(period) && rounds > this.#allowedRounds();
    });
  }
}

function loopIn({ source, translation }: CheckedPair): string | undefined {
  const detector = new LoopDetector(source);
  return detector.push(`${translation} `) ? "" : undefined;
}

export const DEGENERATION_CHECKS: readonly Check[] = [
  {
    id: "C40",
    severity: "error",
    title: "the text runs in circles",
    why: "Small models fall into loops. Let pass: what the source repeats, too, laughter and refrains.",
    find: loopIn,
  },
];
