import { randomBytes } from "node:crypto";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { lastLine } from "./openssh-errors.ts";
import type { SshTarget } from "./ssh-client.ts";
import { sessionRefused, sshFailed } from "./ssh-errors.ts";

/** Runs sftp with a batch of orders, which ends at the first one that fails. */
export type RunSftp = (
  batch: string,
) => Promise<{ readonly status: number | null; readonly said: string }>;

/** Writes beside the file, then renames: whoever opens it sees the old or the new one, whole. */
export async function replaceRemoteFile(
  target: SshTarget,
  run: RunSftp,
  folder: string,
  path: string,
  bytes: Uint8Array,
  mode: number,
): Promise<void> {
  const local = join(folder, `upload-${randomBytes(6).toString("hex")}`);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await writeFile(local, bytes, { mode: 0o600 });
    // sftp makes the file with the mode of the local one, less the umask there.
    await chmod(local, mode);
    const octal = mode.toString(8);
    const { status, said } = await run(
      [
        `put -f ${word(local)} ${word(temporary)}`,
        `chmod ${octal} ${word(temporary)}`,
        `rename ${word(temporary)} ${word(path)}`,
      ].join("\n"),
    );
    if (status === 0) return;
    await run(`-rm ${word(temporary)}`);
    throw fileFailed(target, path, "written", said);
  } finally {
    await rm(local, { force: true });
  }
}

export async function readRemoteFile(
  target: SshTarget,
  run: RunSftp,
  folder: string,
  path: string,
): Promise<Buffer | undefined> {
  const local = join(folder, `download-${randomBytes(6).toString("hex")}`);
  try {
    const { status, said } = await run(`get ${word(path)} ${word(local)}`);
    if (/not found|No such file/.test(said)) return undefined;
    if (status !== 0) throw fileFailed(target, path, "read", said);
    return await readFile(local);
  } finally {
    await rm(local, { force: true });
  }
}

/** A path as sftp reads it: in quotes no character is a pattern. */
function word(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function fileFailed(target: SshTarget, path: string, verb: string, said: string) {
  if (/Session open refused by peer/.test(said)) return sessionRefused(target);
  const reason = `${path} cannot be ${verb}: ${lastLine(said)}`;
  return sshFailed(target, reason, "Check the folder and who may write there.");
}
