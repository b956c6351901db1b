import type { DatabaseSync } from "node:sqlite";

import type { Segment, SkipReason } from "../book/segment.ts";
import type { SegmentResult } from "../engine/translator.ts";
import { withStore } from "./state-file.ts";

/** What the store knows of a segment. */
export interface StoredSegment {
  readonly segment: Segment;
  readonly state: "open" | "translated" | "kept" | "flagged";
  /** There if and only if it is kept as it is. */
  readonly keptBecause: SkipReason | "not chosen" | undefined;
  /** Why the last attempt failed, if one did. */
  readonly reason: string | undefined;
  /** There if and only if it is translated. */
  readonly result: SegmentResult | undefined;
}

/** The segments of a job in the order of the book, one after the other, from `begin` on. */
export function* storedSegments(
  database: DatabaseSync,
  jobId: string,
  begin = 0,
): Generator<StoredSegment, void> {
  const rows = withStore(() =>
    database
      .prepare(
        `SELECT source, state, chosen, reason, result FROM segment
         WHERE job = ? AND idx >= ? ORDER BY idx`,
      )
      .iterate(jobId, begin),
  );
  try {
    for (;;) {
      const row = withStore(() => rows.next());
      if (row.done) return;
      yield storedSegment(row.value);
    }
  } finally {
    // Who leaves early must not keep the store from what it puts off while somebody reads.
    rows.return?.();
  }
}

function storedSegment(row: Record<string, unknown>): StoredSegment {
  const { source, state, chosen, reason, result } = row;
  const segment = JSON.parse(String(source)) as Segment;
  if (chosen !== 1) {
    return {
      segment,
      state: "kept",
      keptBecause: "not chosen",
      reason: undefined,
      result: undefined,
    };
  }
  // One that is redone is open, and has the result that it had.
  const isTranslated = state === "translated" && typeof result === "string";
  return {
    segment,
    state: state as StoredSegment["state"],
    keptBecause: segment.skip,
    reason: typeof reason === "string" ? reason : undefined,
    result: isTranslated ? (JSON.parse(result) as SegmentResult) : undefined,
  };
}
