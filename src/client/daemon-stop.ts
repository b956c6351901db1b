import { readFileSync } from "node:fs";

import { sleep } from "../base/abort.ts";
import type { DaemonRecord } from "../server/life/daemon-record.ts";
import { localDaemon } from "./daemon-address.ts";
import { DaemonClient } from "./daemon-client.ts";

const POLL_MS = 25;

/**
 * Asks a daemon to end, and waits until its process is gone: however long what is begun takes.
 *
 * @throws FbtrError DAEMON_ABSENT if it does not answer.
 */
export async function stopDaemon(record: DaemonRecord): Promise<void> {
  await using client = new DaemonClient(localDaemon(record));
  await client.stop();
  while (isAlive(record.pid)) await sleep(POLL_MS);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

/** Ended, but nobody has asked how: in a container without an init process that is for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    // The state follows the name of the program, which may hold any letter (proc_pid_stat(5)).
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
