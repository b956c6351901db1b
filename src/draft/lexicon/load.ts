import { readFileSync } from "node:fs";

import { sha256 } from "../../base/digest.ts";
import { foldYo, keyOf } from "./compact.ts";
import type { LexicalClass, LexiconEntry } from "./entry.ts";
import type { Lexicon, PhraseMatch } from "./lexicon.ts";
import { parseLexiconLine } from "./parse.ts";
import { PhraseIndex } from "./phrases.ts";

/** Written by `npm run build`; the same place from src and from dist. */
export const COMPACT_FILE = new URL("../../../dist/draft/lexicon/lexicon.txt", import.meta.url);

/** Reads the compact form; a line is parsed when its lemma is first asked for. */
class CompactLexicon implements Lexicon {
  readonly version: string;
  readonly #lines = new Map<string, string[]>();
  readonly #lemmas = new Set<string>();
  readonly #entries = new Map<string, readonly LexiconEntry[]>();
  readonly #phraseEntries = new Map<string, LexiconEntry>();
  readonly #phrases: PhraseIndex;

  constructor(text: string) {
    this.version = sha256(text).slice(0, 16);
    const phrases: string[] = [];
    for (const line of text.split("\n")) {
      const key = keyOf(line);
      const known = this.#lines.get(key);
      if (known) known.push(line);
      else this.#lines.set(key, [line]);
      if (key.endsWith("|phr")) phrases.push(line);
      else this.#lemmas.add(key.slice(0, key.indexOf("|")));
    }
    this.#phrases = new PhraseIndex(phrases);
  }

  entriesOf(lemma: string, pos: LexicalClass): readonly LexiconEntry[] {
    const key = `${foldYo(lemma)}|${pos}`;
    const known = this.#entries.get(key);
    const all = known ?? (this.#lines.get(key) ?? []).map(parseLexiconLine);
    if (known === undefined) this.#entries.set(key, all);
    if (!lemma.includes("ё")) return all;
    // все and всё are two words; a writer who dots the letter tells which one is meant.
    const exact = all.filter(({ ru }) => ru === lemma);
    return exact.length > 0 ? exact : all;
  }

  has(lemma: string): boolean {
    return this.#lemmas.has(foldYo(lemma));
  }

  phraseAt(words: readonly string[], at: number): PhraseMatch | undefined {
    const phrase = this.#phrases.longestAt(words, at);
    if (phrase === undefined) return undefined;
    const { line } = phrase;
    const entry = this.#phraseEntries.get(line) ?? parseLexiconLine(line);
    this.#phraseEntries.set(line, entry);
    return { entry, length: phrase.words.length };
  }
}

/** Makes a lexicon of its compact form. @throws Error on a faulty line, when it is first needed. */
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
