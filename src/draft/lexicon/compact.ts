import { foldYo } from "./spelling.ts";

/** How the lexicon is stored in the package: its lines without comments, sorted to be searched. */

/** `lemma|pos` of a line, the lemma folded: what entries are found by. */
export function keyOf(line: string): string {
  const end = line.indexOf("|", line.indexOf("|") + 1);
  return foldYo(line.slice(0, end));
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/**
 * The compact form of data files: lines sorted by their keys; those with the same key in the order
 * of the files, so that the default sense stays first.
 */
export function compactFormOf(files: readonly string[]): string {
  return files
    .flatMap((text) => text.split("\n"))
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ line, key: keyOf(line) }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ line }) => line)
    .join("\n");
}

/** Lines of the compact form, found by bisection: nothing has to be built before the first word. */
export class SortedLines {
  readonly #text: string;

  /** @param text the compact form; its lines must be sorted by their keys. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The lines whose key begins with `prefix`, in their order. */
  *startingWith(prefix: string): Generator<string> {
    for (let start = this.#firstFrom(prefix); start < this.#text.length;) {
      const end = this.#endOf(start);
      const line = this.#text.slice(start, end);
      if (!keyOf(line).startsWith(prefix)) return;
      yield line;
      start = end + 1;
    }
  }

  /** The lines with this part of speech. */
  *ofClass(pos: string): Generator<string> {
    const field = `|${pos}|`;
    for (let at = this.#text.indexOf(field); at >= 0;) {
      const end = this.#endOf(at);
      const line = this.#text.slice(this.#text.lastIndexOf("\n", at) + 1, end);
      if (keyOf(line).endsWith(`|${pos}`)) yield line;
      at = this.#text.indexOf(field, end);
    }
  }

  /** Where the first line begins whose key does not stand before `key`. */
  #firstFrom(key: string): number {
    let low = 0;
    let high = this.#text.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const start = middle === 0 ? 0 : this.#text.lastIndexOf("\n", middle - 1) + 1;
      const end = this.#endOf(start);
      if (keyOf(this.#text.slice(start, end)) < key) low = end + 1;
      else high = start;
    }
    return low;
  }

  #endOf(start: number): number {
    const end = this.#text.indexOf("\n", start);
    return end < 0 ? this.#text.length : end;
  }
}
