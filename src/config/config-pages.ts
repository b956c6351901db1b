import type { Explanation } from "./explanation.ts";
import type { ConfigValue } from "./layer.ts";
import { printedSource, printedValue } from "./printed-value.ts";

/** Longer cells do not push the next column. */
const COLUMN = { least: 8, most: 44 };

/** All values, a line each: key, value, source. Keys without value are left out. */
export function valueTable(values: readonly ConfigValue[], file: string | undefined): string {
  const set = values.filter(({ value }) => value !== undefined);
  const rows = set.map((value) => [value.key, printedValue(value.value), printedSource(value)]);
  return `Configuration file: ${file ?? "none"}\n\n${table([["KEY", "VALUE", "SOURCE"], ...rows])}`;
}

/** All keys, a line each: key, value, what it is for. */
export function keyList(explanations: readonly Explanation[]): string {
  const rows = explanations.map(({ key, value, about, effective }) => {
    return [key, printedValue(value), effective ? about : `${about} ${NOT_USED}`];
  });
  return table([["KEY", "VALUE", "MEANING"], ...rows]);
}

const NOT_USED = "(not used yet)";

/** Everything about one key. */
export function explanationPage(explanation: Explanation): string {
  const { key, about, value, source, expected, environment, aliases, effective } = explanation;
  const facts: readonly (readonly [name: string, fact: string])[] = [
    ["value", printedValue(value)],
    ["source", source],
    ["default", printedValue(explanation.default)],
    ["expected", expected],
    ["environment", environment.join(", ") || "no variable"],
    ...(aliases.length > 0 ? [["other names", aliases.join(", ")] as const] : []),
    ...(effective
      ? []
      : [["effect", "none yet: the key is accepted, and nothing reads it"] as const]),
  ];
  const lines = facts.map(([name, fact]) => `  ${name.padEnd(13)}${fact}\n`);
  return `${key}\n  ${about}\n${lines.join("")}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1].map((column) => {
    const longest = Math.max(COLUMN.least, ...rows.map((row) => row[column]?.length ?? 0));
    return Math.min(COLUMN.most, longest);
  });
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
