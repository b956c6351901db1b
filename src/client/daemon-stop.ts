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
    return true;
  } catch {
    return false;
  }
}
