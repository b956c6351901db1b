import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import type { Readable } from "node:stream";

import { FbtrError, VERDICTS, type ErrorCode } from "../base/errors.ts";
import type { DaemonRecord } from "../server/life/daemon-record.ts";
import { proofOf } from "../server/life/proof.ts";

/** What a daemon that was launched tells its launcher, one line of JSON. */
export type Announcement =
  | { readonly ready: DaemonRecord }
  | { readonly code: string; readonly error: string; readonly hint?: string | undefined };

export interface LaunchOptions {
  /** Program and arguments of `fbtr daemon run`, told to announce itself on descriptor 3. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: NodeJS.ProcessEnv;
  /** File that takes what the daemon prints. */
  readonly logPath: string;
}

/**
 * Starts a daemon that outlives this process, and waits until it has proved that it answers: over
 * its own socket, with a secret that only it was told.
 *
 * @throws FbtrError why it did not start, as it says itself; DAEMON_FAILED if it says nothing.
 */
export async function launchDaemon(options: LaunchOptions): Promise<DaemonRecord> {
  const secret = randomBytes(32).toString("hex");
  const child = spawnDetached(options);
  child.stdin?.end(`${secret}\n`);
  const [announced, { localDaemon }, { DaemonClient }] = await Promise.all([
    announcementOf(child, options.logPath),
    // They take long to load, and the daemon to start: at the same time.
    import("./daemon-address.ts"),
    import("./daemon-client.ts"),
  ]);
  child.unref();
  if (!("ready" in announced)) throw failureOf(announced);
  await using client = new DaemonClient(localDaemon(announced.ready));
  const challenge = randomBytes(16).toString("hex");
  if ((await client.prove(challenge)) !== proofOf(secret, challenge)) {
    throw new FbtrError("DAEMON_FAILED", "another program answers in the place of the daemon", {
      hint: `Look who listens at ${announced.ready.socket}.`,
    });
  }
  return announced.ready;
}

function spawnDetached({ command, environment, logPath }: LaunchOptions): ChildProcess {
  const [program, ...args] = command;
  const log = openSync(logPath, "a", 0o600);
  try {
    return spawn(program, args, {
      detached: true,
      env: environment,
      stdio: ["pipe", log, log, "pipe"],
    });
  } finally {
    closeSync(log);
  }
}

async function announcementOf(child: ChildProcess, logPath: string): Promise<Announcement> {
  let text = "";
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const channel = child.stdio[3] as Readable;
  const read = async () => {
    for await (const chunk of channel) {
      text += String(chunk);
      if (text.includes("\n")) return JSON.parse(text) as Announcement;
    }
    throw new FbtrError("DAEMON_FAILED", "the daemon ended at once", {
      hint: `What it said is in ${logPath}.`,
    });
  };
  const announced = await Promise.race([read(), failed]);
  channel.destroy();
  return announced;
}

function failureOf({ code, error, hint }: Exclude<Announcement, { ready: unknown }>): FbtrError {
  const known = code in VERDICTS ? (code as ErrorCode) : "DAEMON_FAILED";
  return new FbtrError(known, error, hint === undefined ? {} : { hint });
}
