import { readdirSync, readFileSync } from "node:fs";

/** A Russian sentence with the Serbian ones that are right for it. */
export interface GradedSentence {
  /** The construction that it tries: the heading above it. */
  readonly construction: string;
  readonly russian: string;
  readonly accepted: readonly string[];
}

/** All texts that a line with alternatives stands for: `{Он је|Био је} сам` stands for two. */
function alternativesOf(line: string): string[] {
  const inner = /\{([^{}]*)\}/u.exec(line);
  if (inner === null) return [line];
  const options = (inner[1] ?? "").split("|");
  return options.flatMap((option) =>
    alternativesOf(line.slice(0, inner.index) + option + line.slice(inner.index + inner[0].length)),
  );
}

/**
 * Reads a file of graded sentences: headings behind `#`, a Russian sentence, and behind `=` the
 * renderings that are right, with alternatives in braces.
 */
export function gradedSentences(file: string): GradedSentence[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const found: { construction: string; russian: string; accepted: string[] }[] = [];
  let construction = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("# ")) construction = line.slice(2);
    else if (line.startsWith("= ")) found.at(-1)?.accepted.push(...alternativesOf(line.slice(2)));
    else if (line !== "") found.push({ construction, russian: line, accepted: [] });
  }
  return found;
}

/** What is still translated wrongly stands in a file of its own, under the heading it belongs to. */
export const NOT_YET = "not-yet.txt";

/** The files of graded sentences, one a group of constructions, without those that are wrong. */
export function gradedFiles(): string[] {
  return readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".txt") && name !== NOT_YET)
    .sort();
}
