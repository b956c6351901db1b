import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { DaemonRecord } from "../server/life/daemon-record.ts";
import { stateFolderOf, type Surroundings } from "./compose.ts";

/** Marks the process that `fbtr daemon start` launches. */
export const LAUNCHED = "FBTR_LAUNCHED";

/**
 * Starts the daemon of this user in the background; it has proved that it answers.
 *
 * @throws FbtrError why it did not start.
 */
export async function startDaemon(surroundings: Surroundings): Promise<DaemonRecord> {
  const { launchDaemon } = await import("../client/daemon-launch.ts");
  await mkdir(await stateFolderOf(surroundings), { recursive: true, mode: 0o700 });
  return launchDaemon({
    command: [process.execPath, process.argv[1] ?? "", "daemon", "run"],
    environment: { ...surroundings.environment, [LAUNCHED]: "1" },
    logPath: await daemonLogPath(surroundings),
  });
}

/** Where a daemon in the background says what it has to say. */
export async function daemonLogPath(surroundings: Surroundings): Promise<string> {
  return join(await stateFolderOf(surroundings), "daemon.log");
}
