import { foldYo } from "./spelling.ts";

interface Phrase {
  readonly words: readonly string[];
  readonly line: string;
}

/** Hundreds of expressions begin with the same preposition: the second word tells most apart. */
function beginningOf([first = "", second]: readonly string[]): string {
  return second === undefined ? first : `${first} ${second}`;
}

/** Fixed expressions by their first two words, the longest first; those of one word by that one. */
export class PhraseIndex {
  readonly #byBeginning = new Map<string, Phrase[]>();

  /** @param lines lines of the lexicon whose part of speech is `phr`. */
  constructor(lines: Iterable<string>) {
    for (const line of lines) {
      const words = foldYo(line.slice(0, line.indexOf("|"))).split(" ");
      const beginning = beginningOf(words);
      const known = this.#byBeginning.get(beginning);
      if (known) known.push({ words, line });
      else this.#byBeginning.set(beginning, [{ words, line }]);
    }
    for (const phrases of this.#byBeginning.values()) {
      phrases.sort((one, other) => other.words.length - one.words.length);
    }
  }

  /** The longest phrase whose words stand from `at` on. */
  longestAt(words: readonly string[], at: number): Phrase | undefined {
    const first = words[at] ?? "";
    const longer = this.#byBeginning.get(`${first} ${words[at + 1] ?? ""}`);
    const found = longer?.find((phrase) =>
      phrase.words.every((word, offset) => word === words[at + offset]),
    );
    return found ?? this.#byBeginning.get(first)?.[0];
  }
}
