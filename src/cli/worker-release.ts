import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { stopDaemon } from "../client/daemon-stop.ts";
import { FbtrError } from "../base/errors.ts";
import { oneLine } from "../base/one-line.ts";
import { PROTOCOL, type ReleaseReply } from "../worker/pairing/messages.ts";
import { Releases } from "../worker/provision/releases.ts";
import type { Surroundings } from "./compose.ts";
import { runningDaemon } from "./worker-side.ts";

/** The folder of this package, two folders up both from src/cli and dist/cli. */
export const PACKAGE_ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Puts the version that this program belongs to in use on this machine, and starts its daemon. If
 * that does not start, the one before is in use again.
 *
 * @throws FbtrError WORKER_UNFIT.
 */
export async function activateRelease(surroundings: Surroundings): Promise<ReleaseReply> {
  const releases = new Releases(surroundings.home);
  if (dirname(PACKAGE_ROOT) !== releases.folder) {
    throw new FbtrError("WORKER_UNFIT", `this fbtr does not stand in ${releases.folder}`, {
      hint: "This command is run by another fbtr over SSH: see `fbtr workers provision`.",
    });
  }
  await releases.activate(basename(PACKAGE_ROOT), () => restart(releases, surroundings));
  return replyOf(releases);
}

/**
 * Puts the version before in use, and starts its daemon. If that does not start, all is as it was.
 *
 * @throws FbtrError WORKER_UNFIT.
 */
export async function rollBackRelease(surroundings: Surroundings): Promise<ReleaseReply> {
  const releases = new Releases(surroundings.home);
  await releases.rollBack(() => restart(releases, surroundings));
  return replyOf(releases);
}

function replyOf(releases: Releases): ReleaseReply {
  const { version, current = "", previous } = releases;
  const reply = { v: PROTOCOL, version, release: current } as const;
  return previous === undefined ? reply : { ...reply, previous };
}

/** What the daemon has begun it finishes, or goes on with in the new version. */
async function restart(releases: Releases, surroundings: Surroundings): Promise<void> {
  const running = await runningDaemon(surroundings);
  if (running) await stopDaemon(running);
  const args = [releases.program, "daemon", "start"];
  try {
    await promisify(execFile)(process.execPath, args, { env: surroundings.environment });
  } catch (cause) {
    const { stderr = "" } = cause as { readonly stderr?: string };
    const reason = oneLine(stderr).slice(0, 150);
    throw new FbtrError(
      "WORKER_UNFIT",
      `the daemon of ${releases.version} does not start: ${reason}`,
      {
        hint: "The version before is in use again, if there was one.",
        cause,
      },
    );
  }
}
