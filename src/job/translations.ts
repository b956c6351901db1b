import type { DatabaseSync } from "node:sqlite";

import type { SegmentResult } from "../engine/translator.ts";
import { withStore } from "./state-file.ts";

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
