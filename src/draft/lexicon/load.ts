import { readFileSync } from "node:fs";

import { sha256 } from "../../base/digest.ts";
import { keyOf, SortedLines } from "./compact.ts";
import { foldYo } from "./spelling.ts";
import type { LexicalClass, LexiconEntry } from "./entry.ts";
import type { Lexicon, PhraseMatch } from "./lexicon.ts";
import { parseLexiconLine } from "./parse.ts";
import { PhraseIndex } from "./phrases.ts";

/** Written by `npm run build`; the same place from src and from dist. */
export const COMPACT_FILE = new URL("../../../dist/draft/lexicon/lexicon.txt", import.meta.url);

/** Lemmas that are kept with their entries, also those that are not listed. */
const MAX_CACHED = 100_000;

/** Looks lines up in the compact form; a line is parsed when its lemma is first asked for. */
class CompactLexicon implements Lexicon {
  readonly version: string;
  readonly #lines: SortedLines;
  readonly #entries = new Map<string, readonly LexiconEntry[]>();
  readonly #phraseEntries = new Map<string, LexiconEntry>();
  #phrases: PhraseIndex | undefined;

  constructor(text: string) {
    this.version = sha256(text).slice(0, 16);
    this.#lines = new SortedLines(text);
  }

  entriesOf(lemma: string, pos: LexicalClass): readonly LexiconEntry[] {
    const all = this.#allOf(`${foldYo(lemma)}|${pos}`);
    if (!lemma.includes("ё")) return all;
    // все and всё are two words; a writer who dots the letter tells which one is meant.
    const exact = all.filter(({ ru }) => ru === lemma);
    return exact.length > 0 ? exact : all;
  }

  #allOf(key: string): readonly LexiconEntry[] {
    const known = this.#entries.get(key);
    if (known) return known;
    const entries = this.#lines
      .startingWith(key)
      .filter((line) => keyOf(line) === key)
      .map(parseLexiconLine)
      .toArray();
    if (this.#entries.size >= MAX_CACHED) this.#entries.clear();
    this.#entries.set(key, entries);
    return entries;
  }

  has(lemma: string): boolean {
    return this.#lines
      .startingWith(`${foldYo(lemma)}|`)
      .some((line) => !keyOf(line).endsWith("|phr"));
  }

  phraseAt(words: readonly string[], at: number): PhraseMatch | undefined {
    this.#phrases ??= new PhraseIndex(this.#lines.ofClass("phr"));
    const phrase = this.#phrases.longestAt(words, at);
    if (phrase === undefined) return undefined;
    const { line } = phrase;
    const entry = this.#phraseEntries.get(line) ?? parseLexiconLine(line);
    this.#phraseEntries.set(line, entry);
    return { entry, length: phrase.words.length };
  }
}

/**
 * Makes a lexicon of its compact form, as `compactFormOf` makes it.
 *
 * @throws Error on a faulty line, when it is first needed.
 */
export function lexiconOf(compactForm: string): Lexicon {
  return new CompactLexicon(compactForm);
}

/**
 * The lexicon of the package.
 *
 * @throws Error that says so when the package has not been built.
 */
export function loadLexicon(): Lexicon {
  try {
    return lexiconOf(readFileSync(COMPACT_FILE, "utf8"));
  } catch (cause) {
    throw new Error("The lexicon is not built. Run `npm run build`.", { cause });
  }
}
