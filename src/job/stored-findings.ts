import type { DatabaseSync } from "node:sqlite";

import type { Finding } from "../language/checks/check.ts";
import type { SegmentFinding } from "./snapshot.ts";
import { withStore } from "./state-file.ts";

/** A word without end must not fill the store. */
const MAX_MESSAGE = 300;

type StoredFinding = Pick<SegmentFinding, "check" | "severity" | "message">;

/** What checks have found in the translated segments of jobs. Errors are not here: they flag. */
export class StoredFindings {
  readonly #statements;

  constructor(database: DatabaseSync) {
    this.#statements = withStore(() => ({
      clear: database.prepare("DELETE FROM finding WHERE job = ? AND idx = ?"),
      clearCheck: database.prepare("DELETE FROM finding WHERE job = ? AND check_id = ?"),
      add: database.prepare(
        `INSERT INTO finding (job, idx, number, check_id, severity, message)
         VALUES (?1, ?2, (SELECT ifnull(max(number) + 1, 0) FROM finding WHERE job = ?1 AND idx = ?2),
           ?3, ?4, ?5)`,
      ),
    }));
  }

  /** Keeps `findings` for a segment instead of what earlier translations of it had. */
  replace(jobId: string, index: number, findings: readonly Finding[]): void {
    this.#statements.clear.run(jobId, index);
    for (const finding of findings) this.add(jobId, index, finding);
  }

  add(jobId: string, index: number, { check, severity, message }: Finding): void {
    this.#statements.add.run(jobId, index, check, severity, message.slice(0, MAX_MESSAGE));
  }

  /** Forgets what one check has found in a job, before it looks again. */
  clearCheck(jobId: string, check: string): void {
    this.#statements.clearCheck.run(jobId, check);
  }
}

/**
 * What was found in the translations of a job, to be asked segment after segment in the order of the
 * book: one query for all of them costs a hundredth of one for each.
 */
export function findingsInOrder(
  database: DatabaseSync,
  jobId: string,
): (index: number) => StoredFinding[] {
  const rows = withStore(() =>
    database
      .prepare(
        `SELECT idx, check_id AS "check", severity, message FROM finding
         WHERE job = ? ORDER BY idx, number`,
      )
      .iterate(jobId),
  );
  let next = withStore(() => rows.next());
  return (index) => {
    const found: StoredFinding[] = [];
    while (!next.done && Number(next.value["idx"]) <= index) {
      const { idx, ...finding } = next.value;
      if (idx === index) found.push(finding as unknown as StoredFinding);
      next = withStore(() => rows.next());
    }
    return found;
  };
}
