import { countText, durationText, shareText } from "../base/amount.ts";
import { oneLine } from "../base/one-line.ts";
import type { QaReport } from "../job/snapshot.ts";
import { bookName } from "./book-name.ts";
import { doubtFacts } from "./doubt-text.ts";
import { findingFacts } from "./findings-text.ts";
import { placeText } from "./place-text.ts";

/** What a report page says beside the report itself. */
export interface ReportPageOptions {
  /** What the user can type to go on with an interrupted job. */
  readonly resume: string;
  /** Flagged segments, findings of one check and unknown words beyond these many are only counted. */
  readonly maxFlagged: number;
  readonly maxFindings: number;
  readonly maxWords: number;
  /** Doubtful sentences beyond these many are only counted; the most doubtful ones are told. */
  readonly maxDoubtful: number;
}

const LABEL_WIDTH = 11;

/** The QA report for people: facts with a label in front, one a line. Ends with a line break. */
export function reportPage(report: QaReport, options: ReportPageOptions): string {
  const { state, id, input, outputs, title } = report.snapshot;
  const done = state === "done" || state === "incomplete";
  const facts: (readonly [label: string, text: string])[] = [
    ["Book", bookName(title, input)],
    ["Segments", segmentsOf(report)],
    ...flaggedOf(report, options.maxFlagged),
    ...findingFacts(report, options.maxFindings),
    ...wordsOf(report, options.maxWords),
    ...doubtFacts(report, options.maxDoubtful),
    ...timeOf(report),
    ...report.warnings.map((warning) => ["Warning", oneLine(warning)] as const),
    ...(done ? outputs.map((path) => ["Output", path] as const) : []),
    ["Job", `${id}, ${state}`],
    ...(state === "interrupted" ? [["Go on with", options.resume] as const] : []),
  ];
  return facts.map(([label, text]) => `${label.padEnd(LABEL_WIDTH)} ${text}\n`).join("");
}

function segmentsOf({ snapshot: { segments }, keptByReason }: QaReport): string {
  const { total, translated, kept, flagged, resumed, remembered } = segments;
  const reasons = Object.entries(keptByReason).map(
    ([reason, count]) => `${countText(count)} ${reason}`,
  );
  const open = total - translated - kept - flagged;
  return [
    `${countText(translated)} of ${countText(total)} translated`,
    ...(resumed > 0 ? [`${countText(resumed)} of them earlier`] : []),
    ...(remembered > 0 ? [`${countText(remembered)} from memory`] : []),
    ...(kept > 0 ? [`${countText(kept)} kept (${reasons.join(", ")})`] : []),
    ...(flagged > 0 ? [`${countText(flagged)} flagged`] : []),
    ...(open > 0 ? [`${countText(open)} open`] : []),
  ].join(", ");
}

function flaggedOf({ flagged, snapshot }: QaReport, max: number): (readonly [string, string])[] {
  const lines = flagged.slice(0, max).map((segment) => {
    const { reason, excerpt } = segment;
    return ["Flagged", `${placeText(segment)}: ${oneLine(reason)}: ${oneLine(excerpt)}`] as const;
  });
  const more = flagged.length - lines.length;
  if (more <= 0) return lines;
  return [...lines, ["", `and ${countText(more)} more: fbtr jobs show ${snapshot.id}`]];
}

function wordsOf(
  { words, unknownWords, unknownWordCount }: QaReport,
  max: number,
): (readonly [string, string])[] {
  const { known, total } = words;
  if (total === 0) return [];
  const share = `${shareText(known, total)} of ${countText(total)} known (names aside)`;
  if (unknownWordCount === 0) return [["Words", share]];
  const listed = unknownWords.slice(0, max).map(({ word, count }) => `${oneLine(word)} ${count}`);
  const more = unknownWordCount - listed.length;
  const rest = more > 0 ? [`and ${countText(more)} more`] : [];
  return [
    ["Words", share],
    ["Unknown", [...listed, ...rest].join(", ")],
  ];
}

/** Words that the engine did not translate in this run are not counted into its speed. */
function timeOf({ elapsedMs, words, snapshot }: QaReport): (readonly [string, string])[] {
  if (elapsedMs === 0) return [];
  const { translated, resumed, remembered } = snapshot.segments;
  const share = translated === 0 ? 0 : 1 - (resumed + remembered) / translated;
  const fresh = words.total * share;
  const speed = fresh > 0 ? `, ${countText(fresh / (elapsedMs / 1000))} words/s` : "";
  return [["Time", `${durationText(elapsedMs)}${speed}`]];
}
