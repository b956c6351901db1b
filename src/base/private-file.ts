import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";

import { FbtrError, systemErrorCode } from "./errors.ts";

/**
 * What stands in a file that holds secrets; undefined if there is none.
 *
 * @throws FbtrError CONFIG_INVALID if others could read or replace it: as ssh does with keys.
 */
export function readPrivateFile(path: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP")
      throw refused(path, "it is a symbolic link", "Put the file itself there.");
    throw refused(path, "it cannot be opened", "Check who owns it.", error);
  }
  try {
    checkOwner(path, descriptor);
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

/** Replaces a file that only its owner may read, whole or not at all. */
export function writePrivateFile(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flag: "wx", flush: true });
  renameSync(temporary, path);
}

/**
 * Makes such a file unless there is one; false if there is. Of several processes that try it, one
 * makes it.
 */
export function createPrivateFile(path: string, text: string): boolean {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function checkOwner(path: string, descriptor: number): void {
  if (process.platform === "win32") return;
  const { mode, uid } = fstatSync(descriptor);
  if ((mode & 0o077) !== 0) {
    throw refused(path, "others may read it", `Run chmod 600 ${path}, and make new secrets.`);
  }
  if (uid !== process.getuid?.())
    throw refused(path, "it belongs to another user", "Check whose it is.");
}

function refused(path: string, reason: string, hint: string, cause?: unknown): FbtrError {
  return new FbtrError("CONFIG_INVALID", `${path} is not used: ${reason}`, { hint, cause });
}
