import { countText } from "../base/amount.ts";
import { oneLine } from "../base/one-line.ts";
import type { JobState } from "../job/snapshot.ts";

/** How one book of several ended. */
export interface BookOutcome {
  /** As the user knows it. */
  readonly book: string;
  readonly state: Exclude<JobState, "running"> | "failed" | "not begun";
  /** Where it was written, or why it was not, one line. */
  readonly note: string;
}

/** All books of a run at one glance: how many ended how, then a line for each. */
export function overviewPage(outcomes: readonly BookOutcome[]): string {
  const counts = new Map<string, number>();
  for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1);
  const sums = [...counts].map(([state, count]) => `${countText(count)} ${state}`).join(", ");
  const width = Math.max(...outcomes.map(({ state }) => state.length));
  const lines = outcomes.map(({ book, state, note }) => {
    const more = note === "" ? "" : `: ${oneLine(note)}`;
    return `  ${state.padEnd(width)}  ${oneLine(book)}${more}\n`;
  });
  return `${countText(outcomes.length)} books: ${sums}\n${lines.join("")}`;
}
