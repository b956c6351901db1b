import { randomBytes } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { discard, unwritable } from "./atomic-file.ts";

/** A book from a stream, as a file that can be read more than once. Disposing removes the file. */
export interface SpooledBook extends AsyncDisposable {
  readonly path: string;
}

export interface SpoolOptions {
  /** Refuse more bytes than this. Default: 1 GiB, the size above which a zipped book is refused. */
  readonly maxBytes?: number;
  /** What the stream is called in errors. @default "Standard input" */
  readonly shownAs?: string;
  readonly signal?: AbortSignal;
}

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;
const OWNER_ONLY = 0o600;

/**
 * Keeps standard input in a new file of `folder`, which is made if it is missing. Only the owner
 * may read the file. The caller disposes of it; disposing twice is fine. A process that is killed
 * leaves the file behind.
 *
 * @throws FbtrError BOOK_UNREADABLE if nothing comes; BOOK_TOO_LARGE at the first byte beyond the
 *   limit; OUTPUT_UNWRITABLE if the folder cannot take it; the signal's reason, at the latest when
 *   the next bytes arrive. In each case no file is left.
 */
export async function spoolBook(
  stdin: AsyncIterable<Uint8Array>,
  folder: string,
  { maxBytes = DEFAULT_MAX_BYTES, shownAs = "Standard input", signal }: SpoolOptions = {},
): Promise<SpooledBook> {
  const path = join(folder, `stdin-${randomBytes(6).toString("hex")}.book`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const size = await copyTo(path, bounded(stdin, { maxBytes, shownAs, signal }));
    if (size === 0) {
      throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is empty`, {
        hint: "Expected a FictionBook 2 file (.fb2) or a zip with one (.fb2.zip).",
      });
    }
    return { path, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
  } catch (error) {
    await discard(path);
    throw unwritable(path, error, "Make room there, or save the book to a file and name that.");
  }
}

interface BoundedOptions {
  readonly maxBytes: number;
  readonly shownAs: string;
  readonly signal: AbortSignal | undefined;
}

async function* bounded(
  stdin: AsyncIterable<Uint8Array>,
  { maxBytes, shownAs, signal }: BoundedOptions,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of stdin) {
    signal?.throwIfAborted();
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(shownAs, maxBytes);
    yield chunk;
  }
}

/** Refuses a book that is longer than anybody wants to take. */
export function tooLarge(shownAs: string, maxBytes: number): FbtrError {
  return new FbtrError("BOOK_TOO_LARGE", `${shownAs} is longer than ${maxBytes} bytes`, {
    hint: "No book is that long; check what was sent.",
  });
}

/** Writes a new file and returns its size in bytes. */
async function copyTo(path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx", OWNER_ONLY);
  try {
    // writeFile goes on after a short write, which a full disk answers without an error.
    for await (const chunk of bytes) await file.writeFile(chunk);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
