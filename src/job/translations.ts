import type { DatabaseSync } from "node:sqlite";

import type { SegmentResult } from "../engine/translator.ts";
import { withStore } from "./state-file.ts";

/** Segments that are read at a time: one query costs as much as reading some dozens of rows. */
const PAGE = 200;

/**
 * Looks up the translations of segments, page by page: the book is never in memory whole. Made for
 * going through a finished book in its order; what changes while a page is in use is not seen.
 */
export function translationLookup(
  database: DatabaseSync,
  jobId: string,
): (index: number) => string | undefined {
  const find = withStore(() =>
    database.prepare(
      `SELECT idx, result FROM segment
       WHERE job = ? AND idx BETWEEN ? AND ? AND state = 'translated' AND chosen = 1`,
    ),
  );
  let begin = Number.NaN;
  let page = new Map<number, string>();
  return (index) => {
    const pageBegin = index - (index % PAGE);
    if (pageBegin !== begin) {
      const rows = withStore(() => find.all(jobId, pageBegin, pageBegin + PAGE - 1));
      page = new Map(rows.map((row) => [Number(row["idx"]), String(row["result"])]));
      begin = pageBegin;
    }
    const result = page.get(index);
    return result === undefined ? undefined : (JSON.parse(result) as SegmentResult).text;
  };
}
