import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Clock } from "../base/clock.ts";
import { sha256 } from "../base/digest.ts";
import type { MemoryShelf, RememberedTranslation } from "../plan/memory.ts";

export interface SqliteMemoryOptions {
  readonly clock: Clock;
  /** How long a translation is remembered, milliseconds. */
  readonly ttlMs: number;
  /** How many are remembered; the oldest are forgotten when the file is closed. */
  readonly maxEntries: number;
}

/** Name of the file in the cache folder. */
export const MEMORY_FILE = "memory.sqlite";

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE translation (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL, written_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX translation_age ON translation (written_at);
`;
/** Result codes of SQLite: the file is damaged, or is no database. */
const DAMAGED = new Set([11, 26]);

/**
 * The shelf of the translation memory, `memory.sqlite` in the cache folder (made with mode 0700).
 * A commit is not waited for until it is on disk: what a crash takes is translated again. A file
 * that is damaged or of another version is begun anew; an entry whose digest differs is not
 * handed out.
 *
 * Every method throws the error of SQLite when the file cannot be used.
 */
export class SqliteMemory implements MemoryShelf, Disposable {
  readonly #options: SqliteMemoryOptions;
  readonly #database: DatabaseSync;
  readonly #statements;
  #written = false;

  constructor(cacheFolder: string, options: SqliteMemoryOptions) {
    this.#options = options;
    mkdirSync(cacheFolder, { recursive: true, mode: 0o700 });
    this.#database = openMemoryFile(join(cacheFolder, MEMORY_FILE));
    this.#statements = prepareStatements(this.#database);
  }

  get isEmpty(): boolean {
    return this.#statements.any.get() === undefined;
  }

  get(key: string): RememberedTranslation | undefined {
    const oldest = this.#options.clock.now() - this.#options.ttlMs;
    const row = this.#statements.find.get(key, oldest);
    if (row === undefined) return undefined;
    const value = String(row["value"]);
    if (row["digest"] !== digestOf(key, value)) return undefined;
    return JSON.parse(value) as RememberedTranslation;
  }

  put(entries: ReadonlyMap<string, RememberedTranslation>): void {
    this.#written = true;
    const now = this.#options.clock.now();
    this.#transaction(() => {
      for (const [key, translation] of entries) {
        const value = JSON.stringify(translation);
        this.#statements.put.run(key, value, digestOf(key, value), now);
      }
    });
  }

  remove(keys: readonly string[]): void {
    this.#transaction(() => {
      for (const key of keys) this.#statements.remove.run(key);
    });
  }

  /** Forgets what is too old or too much, and closes the file. */
  [Symbol.dispose](): void {
    if (!this.#database.isOpen) return;
    try {
      if (this.#written) this.#forget();
    } finally {
      this.#database.close();
    }
  }

  #forget(): void {
    const { clock, ttlMs, maxEntries } = this.#options;
    this.#transaction(() => {
      this.#statements.forgetOld.run(clock.now() - ttlMs);
      this.#statements.forgetSurplus.run(maxEntries);
    });
  }

  #transaction(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

function digestOf(key: string, value: string): string {
  return sha256(key + value).slice(0, 16);
}

function openMemoryFile(path: string): DatabaseSync {
  try {
    return openAsItIs(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    for (const part of ["", "-wal", "-shm"]) rmSync(path + part, { force: true });
    return openAsItIs(path);
  }
}

function openAsItIs(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 2000 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE");
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (version !== VERSION) {
      database.exec(`DROP TABLE IF EXISTS translation; ${SCHEMA} PRAGMA user_version = ${VERSION}`);
    }
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && DAMAGED.has(Number(error.errcode));
}

function prepareStatements(database: DatabaseSync) {
  return {
    any: database.prepare("SELECT 1 FROM translation LIMIT 1"),
    find: database.prepare(
      "SELECT value, digest FROM translation WHERE key = ? AND written_at >= ?",
    ),
    put: database.prepare(
      `INSERT INTO translation (key, value, digest, written_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET
         value = excluded.value, digest = excluded.digest, written_at = excluded.written_at`,
    ),
    remove: database.prepare("DELETE FROM translation WHERE key = ?"),
    forgetOld: database.prepare("DELETE FROM translation WHERE written_at < ?"),
    forgetSurplus: database.prepare(
      `DELETE FROM translation WHERE key IN (
         SELECT key FROM translation ORDER BY written_at DESC LIMIT -1 OFFSET ?)`,
    ),
  };
}
