import { countText } from "../base/amount.ts";
import { oneLine } from "../base/one-line.ts";
import type { CheckFindings, QaReport, SegmentFinding } from "../job/snapshot.ts";
import { placeText } from "./place-text.ts";

/** One finding as a line that can be searched for its check or its place. Ends with a line break. */
export function findingLine(finding: SegmentFinding): string {
  const { severity, check, message, excerpt } = finding;
  const text = `${oneLine(message)}: ${oneLine(excerpt)}`;
  return `${placeText(finding)}: ${severity} ${check}: ${text}\n`;
}

const amount = (count: number, what: string) =>
  `${countText(count)} ${what}${count === 1 ? "" : "s"}`;

function totalOf(findings: readonly CheckFindings[], severity: CheckFindings["severity"]) {
  const count = findings
    .filter((each) => each.severity === severity)
    .reduce((sum, each) => sum + each.count, 0);
  return count === 0 ? [] : [amount(count, severity)];
}

function placedIn({ title, first }: CheckFindings, max: number): string[] {
  return first.slice(0, max).map((finding) => {
    const { message, excerpt } = finding;
    const detail = message.startsWith(`${title}: `) ? message.slice(title.length + 2) : excerpt;
    return `${placeText(finding)}: ${oneLine(detail)}`;
  });
}

/**
 * The findings of a report as facts with labels: counted, then the first ones of each check.
 *
 * @param max how many of each check are placed.
 */
export function findingFacts(
  { findings, snapshot }: QaReport,
  max: number,
): (readonly [label: string, text: string])[] {
  if (findings.length === 0) return [];
  const totals = [...totalOf(findings, "warning"), ...totalOf(findings, "hint")].join(", ");
  const isShort = findings.some(({ count, first }) => count > Math.min(first.length, max));
  const rest = isShort ? `; all of them: fbtr jobs show --findings ${snapshot.id}` : "";
  return [
    ["Findings", `${totals}${rest}`],
    ...findings.flatMap((each) => [
      [each.check, `${amount(each.count, each.severity)}: ${oneLine(each.title)}`] as const,
      ...placedIn(each, max).map((line) => ["", line] as const),
    ]),
  ];
}
