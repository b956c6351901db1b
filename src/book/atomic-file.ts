import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { FbtrError, systemErrorCode } from "../base/errors.ts";

export type ByteSink = (bytes: Uint8Array) => Promise<void>;

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Free some space and run the command again."],
  EDQUOT: ["the disk quota is used up", "Free some space and run the command again."],
  EACCES: ["no permission", "Choose another place with --output."],
  EPERM: ["no permission", "Choose another place with --output."],
  EROFS: ["the file system is read-only", "Choose another place with --output."],
  ENOENT: ["the folder does not exist", "Create the folder, or choose another place."],
  ENOTDIR: ["a part of the path is not a folder", "Choose another place with --output."],
  EISDIR: ["it is a folder", "Name a file with --output."],
};

/**
 * Translates an error of the file system; anything else comes back as it is. `advice` is the hint
 * where nobody can choose another output.
 */
export function unwritable(path: string, error: unknown, advice?: string): unknown {
  const known = REASONS[systemErrorCode(error) ?? ""];
  if (known === undefined) return error;
  const [reason, hint] = [known[0], advice ?? known[1]];
  return new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}: ${reason}`, {
    cause: error,
    hint,
  });
}

/** Removes a half-written file. The error that left it so is the one to tell, not one of here. */
export async function discard(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** Makes a rename last through a power failure. Some file systems cannot; they need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } catch (error) {
    if (systemErrorCode(error) !== "EINVAL") throw error;
  } finally {
    await folder.close();
  }
}

/** A device or a pipe cannot be replaced: the bytes go into it as they come. */
async function isDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

async function writeInto(path: string, produce: (write: ByteSink) => Promise<void>): Promise<void> {
  try {
    const device = await open(path, "w");
    try {
      await produce((bytes) => device.writeFile(bytes));
    } finally {
      await device.close();
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** A file, and what fills it. */
export interface FileReplacement {
  readonly path: string;
  /** Who may read it. @default as the process makes files */
  readonly mode?: number | undefined;
  readonly produce: (write: ByteSink) => Promise<void>;
}

/** A written and fsynced file that is not in its place yet. */
interface ReadyFile {
  readonly path: string;
  readonly temporary: string;
}

/**
 * Replaces the file at `path` by what `produce` writes, whole or not at all: the bytes go to a
 * temporary file beside it, are fsynced and renamed. On any failure the temporary file is removed
 * and `path` stays as it was. A device or a pipe is written into instead.
 *
 * @throws FbtrError OUTPUT_UNWRITABLE; whatever `produce` throws.
 */
export async function replaceFile(
  path: string,
  produce: FileReplacement["produce"],
  mode?: number,
): Promise<void> {
  await replaceFiles([{ path, produce, mode }]);
}

/**
 * The same for files that belong together: they are written one after the other, and only when all
 * of them are on disk are they renamed. If one cannot be written, none is replaced.
 *
 * @throws FbtrError OUTPUT_UNWRITABLE; whatever a `produce` throws.
 */
export async function replaceFiles(replacements: readonly FileReplacement[]): Promise<void> {
  const ready: ReadyFile[] = [];
  try {
    for (const replacement of replacements) {
      const { path, produce } = replacement;
      if (await isDevice(path)) await writeInto(path, produce);
      else ready.push(await writeBeside(replacement));
    }
    for (const file of ready) await putInPlace(file);
  } catch (error) {
    for (const { temporary } of ready) await discard(temporary);
    throw error;
  }
}

async function writeBeside({ path, produce, mode }: FileReplacement): Promise<ReadyFile> {
  const name = `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`;
  const temporary = join(dirname(path), name);
  try {
    await refuseFolder(path);
    const file = await open(temporary, "wx", mode);
    try {
      // writeFile goes on after a short write, which a full disk answers without an error.
      await produce((bytes) => file.writeFile(bytes));
      await file.sync();
    } finally {
      await file.close();
    }
    return { path, temporary };
  } catch (error) {
    await discard(temporary);
    throw unwritable(path, error);
  }
}

/** A rename onto a folder fails: that must be known before other files are renamed. */
async function refuseFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return;
  throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}: it is a folder`, {
    hint: "Name a file with --output.",
  });
}

async function putInPlace({ path, temporary }: ReadyFile): Promise<void> {
  try {
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}
