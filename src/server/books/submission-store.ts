import type { DatabaseSync } from "node:sqlite";

import type { Clock } from "../../base/clock.ts";
import { withStore } from "../../job/state-file.ts";
import type { Submission, SubmissionError, SubmissionState } from "./submission.ts";

/** What changes in the life of a submission. */
export interface SubmissionChange {
  readonly state: SubmissionState;
  readonly job?: string | undefined;
  readonly error?: SubmissionError | undefined;
}

/**
 * The submissions of the daemon in the state file. Every method throws FbtrError JOB_STORE_FAILED
 * when the file cannot be read or written.
 */
export class SubmissionStore {
  readonly #clock: Clock;
  readonly #statements;

  constructor(database: DatabaseSync, clock: Clock) {
    this.#clock = clock;
    this.#statements = withStore(() => prepareStatements(database));
  }

  add({ id, session, request, priority, createdAt, state }: Submission): void {
    const text = JSON.stringify(request);
    withStore(() =>
      this.#statements.add.run(id, session, text, priority, createdAt, state, createdAt),
    );
  }

  /** Of a job that is known already nothing is forgotten. */
  change(id: string, { state, job, error }: SubmissionChange): void {
    const now = new Date(this.#clock.now()).toISOString();
    const failure = error === undefined ? null : JSON.stringify(error);
    withStore(() => this.#statements.change.run(state, now, job ?? null, failure, id));
  }

  find(id: string): Submission | undefined {
    const row = withStore(() => this.#statements.find.get(id));
    return row && submissionOf(row);
  }

  /** The newest one of a session. */
  findSession(session: string): Submission | undefined {
    const row = withStore(() => this.#statements.ofSession.get(session));
    return row && submissionOf(row);
  }

  /** All of them, the newest first. */
  list(): Submission[] {
    return withStore(() => this.#statements.list.all()).map(submissionOf);
  }

  /** Those that wait, in the order in which they are to be begun. */
  queued(): Submission[] {
    return withStore(() => this.#statements.queued.all()).map(submissionOf);
  }

  remove(id: string): void {
    withStore(() => this.#statements.remove.run(id));
  }

  /** Puts what an earlier process was working on back into the queue. */
  requeueRunning(): void {
    withStore(() => this.#statements.requeue.run());
  }
}

function submissionOf(row: Record<string, unknown>): Submission {
  const { id, session, request, priority, created_at, updated_at, state, job, error } = row;
  return {
    id: String(id),
    session: String(session),
    request: JSON.parse(String(request)) as Submission["request"],
    priority: Number(priority),
    createdAt: String(created_at),
    updatedAt: String(updated_at),
    state: state as SubmissionState,
    ...(typeof job === "string" && { job }),
    ...(typeof error === "string" && { error: JSON.parse(error) as SubmissionError }),
  };
}

function prepareStatements(database: DatabaseSync) {
  return {
    add: database.prepare(
      `INSERT INTO submission (id, session, request, priority, created_at, state, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: database.prepare(
      `UPDATE submission SET state = ?, updated_at = ?, job = coalesce(?, job), error = ?
       WHERE id = ?`,
    ),
    find: database.prepare("SELECT * FROM submission WHERE id = ?"),
    ofSession: database.prepare(
      "SELECT * FROM submission WHERE session = ? ORDER BY created_at DESC LIMIT 1",
    ),
    list: database.prepare("SELECT * FROM submission ORDER BY created_at DESC, id"),
    queued: database.prepare(
      "SELECT * FROM submission WHERE state = 'queued' ORDER BY priority DESC, created_at, id",
    ),
    remove: database.prepare("DELETE FROM submission WHERE id = ?"),
    requeue: database.prepare("UPDATE submission SET state = 'queued' WHERE state = 'running'"),
  };
}
