import type { LexiconEntry } from "../../../../src/draft/lexicon/entry.ts";
import { parseLexiconLine } from "../../../../src/draft/lexicon/parse.ts";

/** An entry by its Serbian side: `entryOf("n", "grad", "m", "gs=grada")`. */
export function entryOf(
  pos: LexiconEntry["pos"],
  sr: string,
  className: string,
  parts = "",
): LexiconEntry {
  return parseLexiconLine(`слово|${pos}|${sr}|${className}|${parts}|`);
}

/** Rows of a table with the Serbian word in front, for titles. */
export function named<Rest extends readonly unknown[]>(
  rows: readonly (readonly [LexiconEntry, ...Rest])[],
): (readonly [string, LexiconEntry, ...Rest])[] {
  return rows.map(([entry, ...rest]) => [entry.sr, entry, ...rest]);
}
