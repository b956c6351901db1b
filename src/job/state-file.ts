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
  // What the checks found in a translation that is no error.
  `
  CREATE TABLE finding (
    job TEXT NOT NULL, idx INTEGER NOT NULL, number INTEGER NOT NULL,
    check_id TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (job, idx, number),
    FOREIGN KEY (job, idx) REFERENCES segment ON DELETE CASCADE
  ) WITHOUT ROWID;
`,
  // Whether a segment is among those that the user wants, and the redo that is not finished.
  `
  ALTER TABLE segment ADD COLUMN chosen INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE job ADD COLUMN redo TEXT;
  DROP INDEX segment_state;
  CREATE INDEX segment_state ON segment (job, state, chosen, idx);
`,
  // Books that were handed to the daemon.
  `
  CREATE TABLE submission (
    id TEXT PRIMARY KEY, session TEXT NOT NULL, request TEXT NOT NULL, priority INTEGER NOT NULL,
    created_at TEXT NOT NULL, state TEXT NOT NULL, updated_at TEXT NOT NULL, job TEXT, error TEXT
  );
  CREATE INDEX submission_state ON submission (state, priority, created_at);
`,
];

/** Runs `work`; its error is thrown as `storeFailure` puts it. */
export function withStore<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeFailure(error);
  }
}

/** An error of SQLite or of the file system as JOB_STORE_FAILED with one line. */
export function storeFailure(error: unknown): unknown {
  if (error instanceof FbtrError || !(error instanceof Error)) return error;
  return new FbtrError("JOB_STORE_FAILED", `the job store failed: ${error.message}`, {
    hint: "Check free space and permissions of the state folder.",
    cause: error,
  });
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

/** Path of the file that takes a database's commits. */
export function walOf(database: DatabaseSync): string {
  return `${database.location()}-wal`;
}

/**
 * Runs `work` as one transaction that is not waited for until it is on disk: a power cut may take it
 * back, the end of the process does not. It is on disk with the next durable transaction, or when
 * the write-ahead log (`walOf`) has been synced: that is all that SQLite itself does for a durable
 * commit in this mode (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function inQuickTransaction<T>(database: DatabaseSync, work: () => T): T {
  withStore(() => database.exec("PRAGMA synchronous = NORMAL"));
  try {
    return inTransaction(database, work);
  } finally {
    withStore(() => database.exec("PRAGMA synchronous = FULL"));
  }
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
