import { DOUBT_RULES, type DoubtRuleName } from "./doubt-rules.ts";

/** One guess of the engine, and at which word of the sentence. */
export interface Doubt {
  readonly name: DoubtRuleName;
  readonly at: number;
}

/** From this score on a sentence is held doubtful. */
export const DOUBTFUL = 0.4;

/** Collects where the engine guessed in one sentence. */
export class Doubts {
  readonly #found: Doubt[] = [];

  /** Saying the same of a word again adds nothing. */
  note(name: DoubtRuleName, at: number): void {
    if (!this.#found.some((doubt) => doubt.name === name && doubt.at === at)) {
      this.#found.push({ name, at });
    }
  }

  /** In the order of the words. */
  get all(): readonly Doubt[] {
    return this.#found.toSorted((one, other) => one.at - other.at);
  }

  /** From 0, nothing was guessed, to 1: each guess leaves its share of what the others left. */
  get score(): number {
    const sureness = this.#found.reduce(
      (sure, { name }) => sure * (1 - DOUBT_RULES[name].weight),
      1,
    );
    return 1 - sureness;
  }
}
