import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { FbtrError } from "../../base/errors.ts";

/**
 * Makes this process the one daemon of a state folder until the lock is disposed of, or the process
 * ends in whatever way: the lock is one of the operating system on a file, taken by SQLite because
 * Node has none of its own.
 *
 * @throws FbtrError DAEMON_RUNNING if another process holds it.
 */
export function lockState(stateFolder: string): Disposable {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(join(stateFolder, "daemon.lock"), { timeout: 0 });
  try {
    file.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  } catch (cause) {
    file.close();
    throw new FbtrError("DAEMON_RUNNING", `a daemon runs already on ${stateFolder}`, {
      hint: "See `fbtr daemon status`; `fbtr daemon stop` ends it.",
      cause,
    });
  }
  return { [Symbol.dispose]: () => file.close() };
}
