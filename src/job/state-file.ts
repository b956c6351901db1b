import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { FbtrError } from "../base/errors.ts";

/** What makes a file of one version from one of the version before; the first one makes it. */
const MIGRATIONS = [
  `
  CREATE TABLE job (
    id TEXT PRIMARY KEY, snapshot TEXT NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0, owner TEXT
  );
  CREATE TABLE segment (
    job TEXT NOT NULL REFERENCES job ON DELETE CASCADE, idx INTEGER NOT NULL,
    source TEXT NOT NULL, section INTEGER NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, fence INTEGER, leased_until INTEGER NOT NULL DEFAULT 0,
    reason TEXT, result TEXT, PRIMARY KEY (job, idx)
  ) WITHOUT ROWID;
  CREATE INDEX segment_state ON segment (job, state, idx);
`,
  // Whether a segment is among those that the user wants, and the redo that is not finished.
  `
  ALTER TABLE segment ADD COLUMN chosen INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE job ADD COLUMN redo TEXT;
  DROP INDEX segment_state;
  CREATE INDEX segment_state ON segment (job, state, chosen, idx);
`,
];

/** Runs `work`; an error of SQLite becomes JOB_STORE_FAILED with one line. */
export function withStore<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FbtrError || !(error instanceof Error)) throw error;
    throw new FbtrError("JOB_STORE_FAILED", `the job store failed: ${error.message}`, {
      hint: "Check free space and permissions of the state folder.",
      cause: error,
    });
  }
}

/**
 * The database of all jobs, `state.sqlite` in the state folder; made when absent. A commit is on
 * disk when it returns (WAL, synchronous FULL).
 *
 * @throws FbtrError JOB_STORE_FAILED.
 */
export function openStateFile(stateFolder: string): DatabaseSync {
  return withStore(() => {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(join(stateFolder, "state.sqlite"), { timeout: 5000 });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    inTransaction(database, () => {
      const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
      const known = MIGRATIONS.length;
      if (found > known) throw new Error(`it has version ${found}, known is ${known}`);
      for (const migration of MIGRATIONS.slice(found)) database.exec(migration);
      database.exec(`PRAGMA user_version = ${known}`);
    });
    return database;
  });
}

/** Runs `work` as one transaction: all of it is on disk afterwards, or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  return withStore(() => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  });
}
