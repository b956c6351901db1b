import { readFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

import { FbtrError } from "../base/errors.ts";
import type { JobSnapshot, QaReport, SegmentFinding } from "./snapshot.ts";
import { inQuickTransaction, inTransaction, openStateFile, withStore } from "./state-file.ts";
import { findingsOfJob, reportOf } from "./report.ts";

/**
 * Process id and, where /proc tells it, start time: a later process with the same id is another.
 * A killed process that nobody has waited for yet (state Z) is not alive.
 */
function processMark(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${pid} ${fields[19]}`;
  } catch {
    try {
      process.kill(pid, 0);
      return `${pid} ?`;
    } catch {
      return undefined;
    }
  }
}

/** Ids of the jobs that this process works on. */
export type Claims = ReadonlySet<string>;

function isAlive(owner: unknown): boolean {
  return typeof owner === "string" && processMark(Number.parseInt(owner, 10)) === owner;
}

/** Snapshot of a row; a job whose process is gone was interrupted. */
function snapshotOf(row: Record<string, unknown>): JobSnapshot {
  const snapshot = JSON.parse(String(row["snapshot"])) as JobSnapshot;
  const gone = snapshot.state === "running" && !isAlive(row["owner"]);
  return gone ? { ...snapshot, state: "interrupted" } : snapshot;
}

/**
 * A claim of this very process that is not among `claims` is left from a run that could not give it
 * back, because the disk was full.
 */
function refuseBusy(id: string, owner: unknown, claims: Claims): void {
  if (!isAlive(owner)) return;
  if (owner === processMark(process.pid) && !claims.has(id)) return;
  throw new FbtrError(
    "JOB_BUSY",
    `job ${id} is being worked on by process ${String(owner).split(" ")[0]}`,
    {
      hint: "Wait for it to end, or stop it.",
    },
  );
}

/**
 * Makes the job, or takes it over if its process is gone; returns its snapshot as stored.
 *
 * @throws FbtrError JOB_BUSY if a living process works on it.
 */
export function claimJob(
  database: DatabaseSync,
  { fresh, claims }: { readonly fresh: boolean; readonly claims: Claims },
  made: JobSnapshot,
): JobSnapshot {
  return inTransaction(database, () => {
    const find = database.prepare("SELECT snapshot, owner FROM job WHERE id = ?");
    refuseBusy(made.id, find.get(made.id)?.["owner"], claims);
    if (fresh) database.prepare("DELETE FROM job WHERE id = ?").run(made.id);
    const owner = processMark(process.pid) ?? null;
    database
      .prepare(
        `INSERT INTO job (id, snapshot, owner) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET owner = excluded.owner`,
      )
      .run(made.id, JSON.stringify(made), owner);
    return JSON.parse(String(find.get(made.id)?.["snapshot"])) as JobSnapshot;
  });
}

/**
 * Saves what is known of a job. One that does not run any more is free for others; of one that is
 * finished no redo is under way. While it runs nothing is lost with an older snapshot, so the disk is
 * not waited for: requests would wait with it.
 */
export function saveSnapshot(database: DatabaseSync, snapshot: JobSnapshot): void {
  const { state } = snapshot;
  const owner = state === "running" ? "owner" : "NULL";
  const redo = state === "done" || state === "incomplete" ? "NULL" : "redo";
  const save = state === "running" ? inQuickTransaction : inTransaction;
  save(database, () =>
    database
      .prepare(`UPDATE job SET snapshot = ?, owner = ${owner}, redo = ${redo} WHERE id = ?`)
      .run(JSON.stringify(snapshot), snapshot.id),
  );
}

function withDatabase<T>(stateFolder: string, work: (database: DatabaseSync) => T): T {
  const database = openStateFile(stateFolder);
  try {
    return withStore(() => work(database));
  } finally {
    database.close();
  }
}

/** All jobs, the one touched last first. */
export function listJobs(stateFolder: string): JobSnapshot[] {
  return withDatabase(stateFolder, (database) =>
    database
      .prepare("SELECT snapshot, owner FROM job")
      .all()
      .map(snapshotOf)
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)),
  );
}

/**
 * The job whose id begins with `prefix`.
 *
 * @throws FbtrError JOB_UNKNOWN if there is none or more than one.
 */
export function showJob(stateFolder: string, prefix: string): JobSnapshot {
  const found = listJobs(stateFolder).filter(({ id }) => id.startsWith(prefix));
  if (found.length === 1 && found[0]) return found[0];
  const message =
    found.length === 0 ? `no job ${prefix}` : `more than one job begins with ${prefix}`;
  throw new FbtrError("JOB_UNKNOWN", message, { hint: "List them with fbtr jobs list." });
}

/**
 * The report of the job whose id begins with `prefix`, as far as it is.
 *
 * @throws FbtrError JOB_UNKNOWN, JOB_STORE_FAILED.
 */
export function showReport(stateFolder: string, prefix: string): QaReport {
  const snapshot = showJob(stateFolder, prefix);
  return withDatabase(stateFolder, (database) => reportOf(database, snapshot, []));
}

/**
 * Everything that the checks found in the translation of the job whose id begins with `prefix`, in
 * the order of the book.
 *
 * @throws FbtrError JOB_UNKNOWN, JOB_STORE_FAILED.
 */
export function* showFindings(
  stateFolder: string,
  prefix: string,
): Generator<SegmentFinding, void> {
  const { id } = showJob(stateFolder, prefix);
  const database = openStateFile(stateFolder);
  try {
    yield* findingsOfJob(database, id);
  } finally {
    database.close();
  }
}

/** Forgets a job and its translations. @throws FbtrError JOB_UNKNOWN, JOB_BUSY. */
export function removeJob(stateFolder: string, prefix: string, claims: Claims = new Set()): void {
  const { id } = showJob(stateFolder, prefix);
  withDatabase(stateFolder, (database) => {
    const row = database.prepare("SELECT owner FROM job WHERE id = ?").get(id);
    refuseBusy(id, row?.["owner"], claims);
    database.prepare("DELETE FROM job WHERE id = ?").run(id);
  });
}
