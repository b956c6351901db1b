import { randomBytes } from "node:crypto";

import type { SFTPWrapper } from "ssh2";

import type { SshTarget } from "./ssh-client.ts";
import { sshFailed } from "./ssh-errors.ts";

/** SSH_FX_NO_SUCH_FILE */
const NO_SUCH_FILE = 2;
/** What every server takes in one request (draft-ietf-secsh-filexfer-02, 3). */
const CHUNK_BYTES = 32 * 1024;
/** Requests under way at the same time, so that a long line does not slow writing down. */
const LANES = 16;

type Done<T> = (error: Error | null | undefined, value?: T) => void;

/** Writes beside the file, then renames: whoever opens it sees the old or the new one, whole. */
export async function replaceRemoteFile(
  target: SshTarget,
  sftp: SFTPWrapper,
  path: string,
  bytes: Uint8Array,
  mode: number,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const handle = await call<Buffer>((done) => sftp.open(temporary, "wx", { mode }, done));
    await writeAll(sftp, handle, Buffer.from(bytes));
    // What the umask took away.
    await call((done) => sftp.fchmod(handle, mode, done));
    await flush(sftp, handle);
    await call((done) => sftp.close(handle, done));
    await call((done) => sftp.ext_openssh_rename(temporary, path, done));
  } catch (cause) {
    await call((done) => sftp.unlink(temporary, done)).catch(() => undefined);
    throw fileFailed(target, path, "written", cause as Error);
  }
}

async function writeAll(sftp: SFTPWrapper, handle: Buffer, bytes: Buffer): Promise<void> {
  let next = 0;
  const writeChunks = async () => {
    while (next < bytes.length) {
      const at = next;
      const length = Math.min(CHUNK_BYTES, bytes.length - at);
      next += length;
      await call((done) => sftp.write(handle, bytes, at, length, at, done));
    }
  };
  await Promise.all(Array.from({ length: LANES }, writeChunks));
}

/** So that the file survives a power cut; a server that is not OpenSSH may not know how. */
async function flush(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  const flushing = call((done) => sftp.ext_openssh_fsync(handle, done));
  await flushing.catch((error: Error) => {
    if (!/not support/.test(error.message)) throw error;
  });
}

export async function readRemoteFile(
  target: SshTarget,
  sftp: SFTPWrapper,
  path: string,
): Promise<Buffer | undefined> {
  try {
    return await call<Buffer>((done) => sftp.readFile(path, done));
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code === NO_SUCH_FILE) return undefined;
    throw fileFailed(target, path, "read", cause as Error);
  }
}

/** ssh2 throws what it finds out at once, and calls back with the rest. */
async function call<T>(request: (done: Done<T>) => unknown): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    request((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

function fileFailed(target: SshTarget, path: string, verb: string, cause: Error) {
  const reason = `${path} cannot be ${verb}: ${cause.message}`;
  return sshFailed(target, reason, "Check the folder and who may write there.", cause);
}
