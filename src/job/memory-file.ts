import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { systemErrorCode } from "../base/errors.ts";
import { MEMORY_FILE } from "./sqlite-memory.ts";
import { withStore } from "./state-file.ts";

/** What is known of the translation memory on disk. */
export interface MemoryStats {
  readonly path: string;
  readonly translations: number;
  readonly bytes: number;
  /** ISO 8601, UTC; undefined if there are none. */
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

const dateOf = (ms: unknown) => (typeof ms === "number" ? new Date(ms).toISOString() : undefined);

/** Looks into the memory of the cache folder. @throws FbtrError JOB_STORE_FAILED. */
export function memoryStats(cacheFolder: string): MemoryStats {
  return withStore(() => {
    const path = join(cacheFolder, MEMORY_FILE);
    const bytes = sizeOf(path);
    if (bytes === undefined) {
      return { path, translations: 0, bytes: 0, oldest: undefined, newest: undefined };
    }
    using database = new DatabaseSync(path, { readOnly: true });
    const row = database
      .prepare("SELECT count(*) AS n, min(written_at) AS a, max(written_at) AS b FROM translation")
      .get();
    const [oldest, newest] = [dateOf(row?.["a"]), dateOf(row?.["b"])];
    return { path, translations: Number(row?.["n"]), bytes, oldest, newest };
  });
}

/** Forgets every translation; jobs keep theirs. Idempotent. @throws FbtrError JOB_STORE_FAILED. */
export function clearMemory(cacheFolder: string): void {
  withStore(() => {
    for (const part of ["", "-wal", "-shm"]) {
      rmSync(join(cacheFolder, MEMORY_FILE + part), { force: true });
    }
  });
}
