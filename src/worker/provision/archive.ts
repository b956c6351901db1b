import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";
import { createGzip } from "node:zlib";

import { FbtrError } from "../../base/errors.ts";

/** Most of the time goes into this; a better level saves little on the way. */
const QUICK = { level: 1 };

/**
 * Files as one tar.gz, by the tar of the system.
 *
 * @param files relative to `folder`.
 * @throws FbtrError WORKER_UNFIT if tar is not there, or fails.
 */
export async function archiveOf(folder: string, files: readonly string[]): Promise<Buffer> {
  const tar = spawn("tar", ["-cf", "-", "-C", folder, "-T", "-"]);
  const ended = once(tar, "close") as Promise<[number | null]>;
  // tar may end before it has read all names: its status tells.
  tar.stdin.on("error", () => undefined);
  tar.stdin.end(files.map((path) => `${path}\n`).join(""));
  try {
    const [bytes, said, [status]] = await Promise.all([
      buffer(tar.stdout.pipe(createGzip(QUICK))),
      text(tar.stderr),
      ended,
    ]);
    if (status === 0) return bytes;
    throw unpacked(said.trim().split("\n").at(-1) ?? "");
  } catch (error) {
    throw error instanceof FbtrError ? error : unpacked("it cannot be run", error);
  }
}

function unpacked(reason: string, cause?: unknown): FbtrError {
  return new FbtrError("WORKER_UNFIT", `tar on this machine fails: ${reason}`, {
    hint: "Installing fbtr on a worker takes tar on both machines.",
    cause,
  });
}
