import { foldYo } from "./spelling.ts";

interface Phrase {
  readonly words: readonly string[];
  readonly line: string;
}

/** Fixed expressions by their first word, the longest first. */
export class PhraseIndex {
  readonly #byFirstWord = new Map<string, Phrase[]>();

  /** @param lines lines of the lexicon whose part of speech is `phr`. */
  constructor(lines: Iterable<string>) {
    for (const line of lines) {
      const words = foldYo(line.slice(0, line.indexOf("|"))).split(" ");
      const [first = ""] = words;
      const known = this.#byFirstWord.get(first);
      if (known) known.push({ words, line });
      else this.#byFirstWord.set(first, [{ words, line }]);
    }
    for (const phrases of this.#byFirstWord.values()) {
      phrases.sort((one, other) => other.words.length - one.words.length);
    }
  }

  /** The longest phrase whose words stand from `at` on. */
  longestAt(words: readonly string[], at: number): Phrase | undefined {
    const candidates = this.#byFirstWord.get(words[at] ?? "");
    return candidates?.find((phrase) =>
      phrase.words.every((word, offset) => word === words[at + offset]),
    );
  }
}
