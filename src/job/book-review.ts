import type { DatabaseSync } from "node:sqlite";

import { withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import { BOOK_CHECKS, bookFindings, type BookPair } from "../language/checks/book.ts";
import { inTransaction } from "./state-file.ts";
import { StoredFindings } from "./stored-findings.ts";
import { storedSegments } from "./stored-segments.ts";

function* translatedPairs(database: DatabaseSync, jobId: string): Generator<BookPair, void> {
  for (const { segment, result } of storedSegments(database, jobId)) {
    if (result === undefined) continue;
    const { index, kind, text } = segment;
    const translation = withoutMarkers(result.text);
    yield { index, kind, source: withoutMarkers(text), translation };
  }
}

/**
 * Checks the translated book of a job as a whole. What is found is kept with the segments; those
 * that are in error are flagged, and their translation is given up: that, too, is part of accepting
 * it. Running it again changes nothing.
 *
 * @returns the segments that were flagged now.
 * @throws FbtrError JOB_STORE_FAILED.
 */
export function reviewBook(database: DatabaseSync, jobId: string, target: string): Segment[] {
  return inTransaction(database, () => {
    const findings = new StoredFindings(database);
    const faults = new Map<number, string>();
    for (const { id } of BOOK_CHECKS) findings.clearCheck(jobId, id);
    for (const finding of bookFindings(translatedPairs(database, jobId), { target })) {
      if (finding.severity === "error") faults.set(finding.index, finding.message);
      else findings.add(jobId, finding.index, finding);
    }
    const flag = database.prepare(
      `UPDATE segment SET state = 'flagged', reason = ?, result = NULL
       WHERE job = ? AND idx = ? AND state = 'translated' RETURNING source`,
    );
    return [...faults].flatMap(([index, reason]) => {
      findings.replace(jobId, index, []);
      const row = flag.get(reason, jobId, index);
      return row ? [JSON.parse(String(row["source"])) as Segment] : [];
    });
  });
}
