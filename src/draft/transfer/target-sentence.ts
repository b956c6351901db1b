import type { Sentence } from "../analysis/sentence.ts";

/** What a source word has become: words in Serbian Latin, in small letters except names. */
interface Slot {
  words: string[];
  /** Clitics that lean on this word. */
  clitics: string[];
}

/** A sentence that is being translated: one slot for each source word, in the order of the source. */
export class TargetSentence {
  readonly source: Sentence;
  readonly #slots: readonly Slot[];
  /** Separators that the transfer has changed, such as a dash that became a copula. */
  readonly #separators = new Map<number, string>();

  constructor(source: Sentence) {
    this.source = source;
    this.#slots = source.words.map(() => ({ words: [], clitics: [] }));
  }

  /** Says what the word at `at` becomes; an empty text makes it vanish. */
  put(at: number, text: string): void {
    const slot = this.#slots[at];
    if (slot) slot.words = text === "" ? [] : text.split(" ");
  }

  /** Puts more words before those that stand there already. */
  prepend(at: number, text: string): void {
    const slot = this.#slots[at];
    if (slot) slot.words = [...text.split(" "), ...slot.words];
  }

  addClitics(at: number, clitics: readonly string[]): void {
    this.#slots[at]?.clitics.push(...clitics);
  }

  /** Puts clitics behind the first of several words, else behind the only one. */
  insertClitics(at: number, clitics: readonly string[]): void {
    const slot = this.#slots[at];
    if (slot === undefined) return;
    const [first, ...rest] = slot.words;
    if (first === undefined || rest.length === 0) slot.clitics.push(...clitics);
    else slot.words = [first, ...clitics, ...rest];
  }

  wordsAt(at: number): readonly string[] {
    return this.#slots[at]?.words ?? [];
  }

  cliticsAt(at: number): readonly string[] {
    return this.#slots[at]?.clitics ?? [];
  }

  isEmpty(at: number): boolean {
    return this.wordsAt(at).length === 0;
  }

  separatorBefore(at: number): string {
    return this.#separators.get(at) ?? this.source.words[at]?.before ?? "";
  }

  setSeparatorBefore(at: number, text: string): void {
    this.#separators.set(at, text);
  }
}
