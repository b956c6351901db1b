import { countText } from "../base/amount.ts";
import type { JobSnapshot } from "../job/snapshot.ts";
import { bookName } from "./book-name.ts";

const HEAD = ["ID", "STATE", "DONE", "TOUCHED", "ENGINE", "BOOK"] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Jobs as a table with a head, a line each. Ends with a line break. */
export function jobsTable(jobs: readonly JobSnapshot[], nowMs: number): string {
  if (jobs.length === 0) return "No jobs. `fbtr translate <book>` begins one.\n";
  const rows = [HEAD, ...jobs.map((job) => rowOf(job, nowMs))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${rows.map(lineOf).join("\n")}\n`;
}

function rowOf(job: JobSnapshot, nowMs: number): string[] {
  const { translated, kept, flagged, total } = job.segments;
  const done = `${countText(translated + kept + flagged)}/${countText(total)}`;
  const touched = agoText(nowMs - Date.parse(job.updatedAt), job.updatedAt);
  return [job.id, job.state, done, touched, job.engine, bookName(job.title, job.input)];
}

/** How long ago something was; after a month its date. */
function agoText(ms: number, date: string): string {
  if (ms < MINUTE_MS) return "just now";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  if (ms < 31 * DAY_MS) return `${Math.floor(ms / DAY_MS)} d ago`;
  return date.slice(0, 10);
}
