import type { DatabaseSync } from "node:sqlite";

import { withoutMarkers } from "../book/markers.ts";
import { titleOfCheck } from "../engine/checks/table.ts";
import { Places } from "./places.ts";
import type {
  CheckFindings,
  DoubtfulPlace,
  JobSnapshot,
  QaReport,
  SegmentFinding,
} from "./snapshot.ts";
import { withStore } from "./state-file.ts";
import { findingsInOrder } from "./stored-findings.ts";
import { storedSegments, type StoredSegment } from "./stored-segments.ts";

const LISTED_WORDS = 50;
const LISTED_FINDINGS = 20;
const EXCERPT = 80;

const excerptOf = (text: string) => withoutMarkers(text).slice(0, EXCERPT);

/** A stored segment with its place and with what the checks found in its translation. */
interface PlacedSegment extends StoredSegment {
  readonly place: ReturnType<Places["enter"]>;
  readonly findings: readonly SegmentFinding[];
}

function* placedSegments(database: DatabaseSync, jobId: string): Generator<PlacedSegment> {
  const places = new Places();
  const findingsOf = findingsInOrder(database, jobId);
  for (const one of storedSegments(database, jobId)) {
    const place = places.enter(one.segment);
    const { result } = one;
    const found = result ? findingsOf(place.index) : [];
    const excerpt = found.length > 0 ? excerptOf(result?.text ?? "") : "";
    const findings = Array.from(found, (finding) => ({ ...place, ...finding, excerpt }));
    yield { ...one, place, findings };
  }
}

/** Everything that the checks found in the translation of a job, in the order of the book. */
export function* findingsOfJob(
  database: DatabaseSync,
  jobId: string,
): Generator<SegmentFinding, void> {
  for (const { findings } of placedSegments(database, jobId)) yield* findings;
}

/** Counts findings by check, and remembers the first ones of each. */
class FindingCount {
  readonly #checks = new Map<string, CheckFindings & { count: number; first: SegmentFinding[] }>();

  add(finding: SegmentFinding): void {
    const { check, severity, message } = finding;
    const title = titleOfCheck(check) ?? message;
    const so = this.#checks.get(check) ?? { check, severity, title, count: 0, first: [] };
    this.#checks.set(check, so);
    so.count += 1;
    if (so.first.length < LISTED_FINDINGS) so.first.push(finding);
  }

  /** Warnings before hints. */
  get byCheck(): CheckFindings[] {
    const rank = ({ severity }: CheckFindings) => (severity === "warning" ? 0 : 1);
    return [...this.#checks.values()].sort(
      (a, b) => rank(a) - rank(b) || (a.check < b.check ? -1 : 1),
    );
  }
}

/**
 * How many segments of a job that is finished are neither translated nor named in its report (C61):
 * none, unless fbtr or somebody who changed the store is at fault.
 *
 * @throws FbtrError JOB_STORE_FAILED.
 */
export function segmentsLost(database: DatabaseSync, jobId: string): number {
  const row = withStore(() =>
    database
      .prepare(
        `SELECT count(*) AS lost FROM segment WHERE job = ? AND chosen = 1 AND NOT (
           state = 'flagged' OR (state = 'translated' AND result IS NOT NULL) OR
           (state = 'kept' AND source ->> '$.skip' IS NOT NULL))`,
      )
      .get(jobId),
  );
  return Number(row?.["lost"]);
}

export function lossWarnings(lost: number): string[] {
  if (lost === 0) return [];
  const segments = lost === 1 ? "1 segment is" : `${lost} segments are`;
  return [`C61: ${segments} neither translated nor listed; translate the book again (--fresh)`];
}

/** The report of a job from what is stored. */
export function reportOf(
  database: DatabaseSync,
  snapshot: JobSnapshot,
  warnings: readonly string[],
): QaReport {
  const keptByReason: Record<string, number> = {};
  const flagged: QaReport["flagged"][number][] = [];
  const found = new FindingCount();
  const unknown = new Map<string, number>();
  const words = { total: 0, known: 0 };
  const doubtful: DoubtfulPlace[] = [];
  let sentenceCount = 0;
  for (const placed of placedSegments(database, snapshot.id)) {
    const { segment, state, keptBecause: kept, reason = "", result, place, findings } = placed;
    if (kept !== undefined) keptByReason[kept] = (keptByReason[kept] ?? 0) + 1;
    if (state === "flagged") flagged.push({ ...place, reason, excerpt: excerptOf(segment.text) });
    for (const finding of findings) found.add(finding);
    words.total += result?.words.total ?? 0;
    words.known += result?.words.known ?? 0;
    sentenceCount += result?.sentences?.total ?? 0;
    for (const sentence of result?.sentences?.doubtful ?? []) {
      doubtful.push({ ...place, ...sentence });
    }
    for (const word of result?.unknownWords ?? []) unknown.set(word, (unknown.get(word) ?? 0) + 1);
  }
  return {
    snapshot,
    keptByReason,
    flagged,
    findings: found.byCheck,
    words,
    unknownWords: mostFrequent(unknown),
    unknownWordCount: unknown.size,
    sentences: { total: sentenceCount, doubtful },
    elapsedMs: snapshot.elapsedMs,
    warnings,
  };
}

function mostFrequent(words: ReadonlyMap<string, number>): QaReport["unknownWords"] {
  return [...words]
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || a.word.localeCompare(b.word, "ru"))
    .slice(0, LISTED_WORDS);
}
