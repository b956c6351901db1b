import { readFileSync } from "node:fs";

import type { LexiconEntry } from "../../../src/draft/lexicon/entry.ts";
import { parseLexicon } from "../../../src/draft/lexicon/parse.ts";

/** One form of ours, and how the oracle would name it. */
export interface Claim {
  readonly entry: LexiconEntry;
  readonly form: string;
  /** Tags of the dictionary form, to find the oracle's lemma; the common start is kept. */
  readonly lemma: RegExp;
  /** Tags behind that start. */
  readonly tags: string;
  /** Tags of the principal part from which the rules make the form. */
  readonly base: string;
}

/** Each Serbian word once, expressions of several words left out. */
export function entriesOf(file: string, pos: string): LexiconEntry[] {
  const path = new URL(`../../../src/draft/lexicon/data/${file}.txt`, import.meta.url);
  const entries = parseLexicon(file, readFileSync(path, "utf8"));
  const seen = new Map<string, LexiconEntry>();
  for (const entry of entries) {
    if (entry.pos !== pos || !/^\p{L}+$/u.test(entry.sr)) continue;
    const key = `${entry.sr}|${entry.class}|${JSON.stringify(entry.parts)}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}
