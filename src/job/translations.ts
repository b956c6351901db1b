import type { DatabaseSync } from "node:sqlite";

import { withoutMarkers } from "../book/markers.ts";
import type { SegmentResult } from "../engine/translator.ts";
import type { JobSnapshot, QaReport } from "./snapshot.ts";
import { withStore } from "./state-file.ts";
import { storedSegments } from "./stored-segments.ts";

const LISTED_WORDS = 50;
const EXCERPT = 80;

/** Looks up the translation of one segment after the other: the book is never in memory whole. */
export function translationLookup(
  database: DatabaseSync,
  jobId: string,
): (index: number) => string | undefined {
  const find = withStore(() =>
    database.prepare(
      `SELECT result FROM segment
       WHERE job = ? AND idx = ? AND state = 'translated' AND chosen = 1`,
    ),
  );
  return (index) => {
    const row = withStore(() => find.get(jobId, index));
    return row && (JSON.parse(String(row["result"])) as SegmentResult).text;
  };
}

/** The report of a job from what is stored. */
export function reportOf(
  database: DatabaseSync,
  snapshot: JobSnapshot,
  warnings: readonly string[],
): QaReport {
  const keptByReason: Record<string, number> = {};
  const flagged: QaReport["flagged"][number][] = [];
  const unknown = new Map<string, number>();
  const words = { total: 0, known: 0 };
  for (const stored of storedSegments(database, snapshot.id)) {
    const { segment, state, keptBecause: kept, reason = "", result } = stored;
    if (kept !== undefined) keptByReason[kept] = (keptByReason[kept] ?? 0) + 1;
    if (state === "flagged") {
      const { index, section, element } = segment;
      const excerpt = withoutMarkers(segment.text).slice(0, EXCERPT);
      flagged.push({ index, section, element, reason, excerpt });
    }
    words.total += result?.words.total ?? 0;
    words.known += result?.words.known ?? 0;
    for (const word of result?.unknownWords ?? []) unknown.set(word, (unknown.get(word) ?? 0) + 1);
  }
  const unknownWords = [...unknown]
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || a.word.localeCompare(b.word, "ru"))
    .slice(0, LISTED_WORDS);
  const unknownWordCount = unknown.size;
  const { elapsedMs } = snapshot;
  return {
    snapshot,
    keptByReason,
    flagged,
    words,
    unknownWords,
    unknownWordCount,
    elapsedMs,
    warnings,
  };
}
