import type { DatabaseSync } from "node:sqlite";

import { withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import {
  BOOK_CHECKS,
  BookWatch,
  type BookFinding,
  type BookPair,
} from "../language/checks/book.ts";
import { inQuickTransaction, inTransaction } from "./state-file.ts";
import { StoredFindings } from "./stored-findings.ts";
import { storedSegments, type StoredSegment } from "./stored-segments.ts";

/** Segments that are looked at in one go before the book is finished: some 10 ms of work. */
const MOST_AHEAD = 300;

function pairOf({ segment, result }: StoredSegment): BookPair | undefined {
  if (result === undefined) return undefined;
  const { index, kind, text } = segment;
  return { index, kind, source: withoutMarkers(text), translation: withoutMarkers(result.text) };
}

/**
 * Checks the translated book of a job as a whole. What is found is kept with the segments; those
 * that are in error are flagged, and their translation is given up: that, too, is part of accepting
 * it. Another review of the same job changes nothing.
 *
 * What is translated is not replaced before the run ends, so most of the book can be looked at while
 * the engine is waited for.
 */
export class BookReview {
  readonly #database: DatabaseSync;
  readonly #jobId: string;
  readonly #findings: StoredFindings;
  readonly #watch: BookWatch;
  /** Segments in error, and why. */
  readonly #faults = new Map<number, string>();
  /** Index of the next segment to look at; undefined before the first look. */
  #next: number | undefined;

  /** @throws FbtrError JOB_STORE_FAILED. */
  constructor(database: DatabaseSync, jobId: string, target: string) {
    this.#database = database;
    this.#jobId = jobId;
    this.#findings = new StoredFindings(database);
    this.#watch = new BookWatch({ target });
  }

  /**
   * Looks at the next segments, up to the first one that is still open; not at many of them, so that
   * the thread is soon free.
   *
   * @throws FbtrError JOB_STORE_FAILED.
   */
  lookAhead(): void {
    inQuickTransaction(this.#database, () => this.#lookAt(MOST_AHEAD));
  }

  /**
   * Looks at the rest of the book, in which nothing is open any more, and draws the consequences.
   *
   * @returns the segments that were flagged now.
   * @throws FbtrError JOB_STORE_FAILED.
   */
  finish(): Segment[] {
    return inTransaction(this.#database, () => {
      this.#lookAt(Infinity);
      for (const finding of this.#watch.end()) this.#keep(finding);
      return this.#flagFaults();
    });
  }

  #lookAt(most: number): void {
    if (this.#next === undefined) this.#forgetEarlierReviews();
    let left = most;
    for (const stored of storedSegments(this.#database, this.#jobId, this.#next)) {
      if (stored.state === "open" || left === 0) break;
      left -= 1;
      this.#next = stored.segment.index + 1;
      const pair = pairOf(stored);
      for (const finding of pair ? this.#watch.take(pair) : []) this.#keep(finding);
    }
  }

  #forgetEarlierReviews(): void {
    for (const { id } of BOOK_CHECKS) this.#findings.clearCheck(this.#jobId, id);
    this.#next = 0;
  }

  #keep(finding: BookFinding): void {
    if (finding.severity === "error") this.#faults.set(finding.index, finding.message);
    else this.#findings.add(this.#jobId, finding.index, finding);
  }

  #flagFaults(): Segment[] {
    const flag = this.#database.prepare(
      `UPDATE segment SET state = 'flagged', reason = ?, result = NULL
       WHERE job = ? AND idx = ? AND state = 'translated' RETURNING source`,
    );
    return [...this.#faults].flatMap(([index, reason]) => {
      this.#findings.replace(this.#jobId, index, []);
      const row = flag.get(reason, this.#jobId, index);
      return row ? [JSON.parse(String(row["source"])) as Segment] : [];
    });
  }
}
