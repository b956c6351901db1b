import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { FbtrError } from "../../base/errors.ts";
import type { FbtrEvent } from "../../base/events.ts";
import { inTransaction } from "../../job/state-file.ts";

/** An event as it goes over the wire. */
export interface LoggedEvent {
  readonly id: string;
  readonly session: string;
  readonly json: string;
}

/** Events that are kept; of a book of four thousand segments there are some hundreds. */
const KEPT = 100_000;
/** How many more there may be before the oldest ones are taken out. */
const TRIM_INTERVAL = 1000;

/**
 * The events of the daemon on disk, so that a reader who comes back has missed nothing, even if the
 * daemon was killed meanwhile. What was appended survives the death of the process, not that of the
 * machine: news are not worth an fsync each.
 */
export class EventLog implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements;
  readonly #kept: number;
  /** Events in the log. */
  #count: number;

  /** @throws FbtrError JOB_STORE_FAILED. */
  constructor(stateFolder: string, kept = KEPT) {
    this.#kept = kept;
    try {
      mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
      this.#database = new DatabaseSync(join(stateFolder, "events.sqlite"), { timeout: 5000 });
      this.#database.exec(`
        PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
        CREATE TABLE IF NOT EXISTS event (
          id TEXT PRIMARY KEY, session TEXT NOT NULL, json TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS event_session ON event (session, id)`);
      this.#statements = prepareStatements(this.#database);
      this.#count = Number(this.#statements.count.get()?.["count"]);
    } catch (cause) {
      throw new FbtrError("JOB_STORE_FAILED", `the log of events failed: ${String(cause)}`, {
        hint: "Check free space and permissions of the state folder.",
        cause,
      });
    }
  }

  /** Id of the newest event; undefined if there is none. */
  get lastId(): string | undefined {
    const row = this.#statements.last.get();
    return row && String(row["id"]);
  }

  /** Logs all of the events, or none. @throws FbtrError JOB_STORE_FAILED. */
  append(events: readonly FbtrEvent[]): LoggedEvent[] {
    const logged = events.map((event) => {
      return { id: event.id, session: event.session_id, json: JSON.stringify(event) };
    });
    inTransaction(this.#database, () => {
      for (const { id, session, json } of logged) this.#statements.add.run(id, session, json);
    });
    this.#count += logged.length;
    if (this.#count >= this.#kept + TRIM_INTERVAL) this.#trim();
    return logged;
  }

  /** At most `limit` events after `id`, the oldest first; of a session and of the system if given. */
  after(id: string, limit: number, session?: string): LoggedEvent[] {
    const { after, afterOf } = this.#statements;
    const rows = session === undefined ? after.all(id, limit) : afterOf.all(id, session, limit);
    return rows.map(loggedEvent);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #trim(): void {
    this.#statements.trim.run(this.#count - this.#kept);
    this.#count = this.#kept;
  }
}

function loggedEvent(row: Record<string, unknown>): LoggedEvent {
  return { id: String(row["id"]), session: String(row["session"]), json: String(row["json"]) };
}

function prepareStatements(database: DatabaseSync) {
  return {
    add: database.prepare("INSERT INTO event (id, session, json) VALUES (?, ?, ?)"),
    last: database.prepare("SELECT id FROM event ORDER BY id DESC LIMIT 1"),
    after: database.prepare("SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?"),
    afterOf: database.prepare(
      `SELECT * FROM event WHERE id > ? AND session IN (?, 'system') ORDER BY id LIMIT ?`,
    ),
    count: database.prepare("SELECT count(*) AS count FROM event"),
    trim: database.prepare(
      "DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY id LIMIT ?)",
    ),
  };
}
