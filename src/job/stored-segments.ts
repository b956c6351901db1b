import type { DatabaseSync } from "node:sqlite";

import type { Segment } from "../book/segment.ts";
import type { SegmentResult } from "../engine/translator.ts";
import { withStore } from "./state-file.ts";

/** What the store knows of a segment. */
export interface StoredSegment {
  readonly segment: Segment;
  readonly state: "open" | "translated" | "kept" | "flagged";
  /** Why the last attempt failed, if one did. */
  readonly reason: string | undefined;
  /** There if and only if it is translated. */
  readonly result: SegmentResult | undefined;
}

/** The segments of a job in the order of the book, one after the other. */
export function* storedSegments(database: DatabaseSync, jobId: string): Generator<StoredSegment> {
  const rows = withStore(() =>
    database
      .prepare("SELECT source, state, reason, result FROM segment WHERE job = ? ORDER BY idx")
      .iterate(jobId),
  );
  for (;;) {
    const row = withStore(() => rows.next());
    if (row.done) return;
    const { source, state, reason, result } = row.value;
    yield {
      segment: JSON.parse(String(source)) as Segment,
      state: state as StoredSegment["state"],
      reason: typeof reason === "string" ? reason : undefined,
      result: typeof result === "string" ? (JSON.parse(result) as SegmentResult) : undefined,
    };
  }
}
