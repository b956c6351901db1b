import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";

import { FbtrError, systemErrorCode } from "../base/errors.ts";
import { detectEncoding, type Encoding } from "./encoding.ts";
import { openZippedBook } from "./zip.ts";

export type BookFormat = "fb2" | "fb2.zip";

/** A book on disk that can be read more than once. */
export interface BookSource {
  readonly path: string;
  /** How messages name it: the path, or "Standard input". */
  readonly shownAs: string;
  readonly format: BookFormat;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Bytes of the file. */
  readonly size: number;
  /**
   * The FB2 itself, unzipped, from its beginning at each call. A chunk holds its bytes until the
   * next one is asked for.
   *
   * @throws FbtrError BOOK_UNREADABLE or BOOK_TOO_LARGE while reading.
   */
  bytes(): AsyncIterable<Uint8Array>;
  /**
   * The encoding of the FB2; the first call reads all of it.
   *
   * @throws as `bytes`.
   */
  encoding(): Promise<Encoding>;
}

const CHUNK_BYTES = 65_536;
const NOT_A_BOOK_HINT = "Expected a FictionBook 2 file (.fb2) or a zip with one (.fb2.zip).";

/** Reads into one buffer again and again: a large book then leaves no large garbage behind. */
async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function unreadable(shownAs: string, cause: unknown): FbtrError {
  const reasons: Record<string, [string, string]> = {
    ENOENT: ["there is no such file", "Check the path."],
    EACCES: ["no permission to read it", "Check who owns the file, or run `chmod u+r` on it."],
    EISDIR: ["it is a folder", "Name the FB2 files in it one by one."],
  };
  const [reason, hint] = reasons[systemErrorCode(cause) ?? ""] ?? [String(cause), NOT_A_BOOK_HINT];
  return new FbtrError("BOOK_UNREADABLE", `Cannot read ${shownAs}: ${reason}`, { cause, hint });
}

/** A pipe or a device gives its bytes once only; a book is read several times. */
async function checkFile(path: string, shownAs: string): Promise<{ readonly size: number }> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) {
    throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is not a regular file`, {
      hint: "Send it through standard input: name the book - and write `< file` behind it.",
    });
  }
  if (found.size === 0) {
    throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is empty`, { hint: NOT_A_BOOK_HINT });
  }
  return found;
}

/** First four bytes of a zip, and of a zip without entries (APPNOTE 4.3.7 and 4.3.16). */
const ZIP_SIGNATURES = new Set([0x504b0304, 0x504b0506]);

function isZipHead(head: Uint8Array): boolean {
  return head.length >= 4 && ZIP_SIGNATURES.has(Buffer.from(head).readUInt32BE());
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return isZipHead(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * Whether what begins with these bytes means to be a book, not a plain text: a zip, XML or a
 * FictionBook without an XML declaration, in any encoding that keeps ASCII or is UTF-16.
 */
export function looksLikeBook(head: Uint8Array): boolean {
  if (isZipHead(head)) return true;
  const text = Buffer.from(head).toString("latin1").replaceAll("\0", "");
  return /^(?:\u00ef\u00bb\u00bf|[\u00fe\u00ff]{2})?\s*<(?:\?xml|(?:\w+:)?FictionBook)\b/.test(
    text,
  );
}

/** SHA-256 of the file at `path`. */
export async function hashOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readChunks(path)) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest("hex");
}

/** Refuses what is plainly no FB2, and entity declarations, which only attacks use. */
async function checkBeginning(shownAs: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let head = "";
  for await (const chunk of bytes) {
    head += Buffer.from(chunk).toString("latin1").replaceAll("\0", "");
    if (head.length >= CHUNK_BYTES) break;
  }
  if (/<!DOCTYPE[^>]*\[/.test(head) || head.includes("<!ENTITY")) {
    throw new FbtrError(
      "BOOK_UNREADABLE",
      `${shownAs} declares entities in a DTD; fbtr refuses that`,
      {
        hint: "Remove the DOCTYPE from the file; FB2 needs none.",
      },
    );
  }
  const isXml = /^(?:\u00ef\u00bb\u00bf|[\u00fe\u00ff]{2})?\s*<[?!\w]/.test(head);
  if (!isXml || /^[^<]*<(?:!doctype html|html)/i.test(head)) {
    throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is not a FictionBook 2 file`, {
      hint: NOT_A_BOOK_HINT,
    });
  }
}

/**
 * Opens the FB2 at `path`, or the first FB2 of the zip at `path`; which of the two it is is told by
 * the content, not by the name. Messages call the book `shownAs`.
 *
 * @throws FbtrError BOOK_UNREADABLE with the reason: missing, a folder, no permission, empty,
 *   not an FB2, a damaged zip, entity declarations; BOOK_TOO_LARGE for a zip bomb.
 */
export async function openBook(
  path: string,
  signal?: AbortSignal,
  shownAs = path,
): Promise<BookSource> {
  try {
    const { size } = await checkFile(path, shownAs);
    const zipped = await isZip(path);
    const bytes = zipped ? await openZippedBook(path, shownAs) : () => readChunks(path);
    await checkBeginning(shownAs, bytes());
    const format = zipped ? "fb2.zip" : "fb2";
    const sha256 = await hashOf(path, signal);
    let found: Promise<Encoding> | undefined;
    const encoding = () => (found ??= detectEncoding(bytes()));
    return { path, shownAs, format, sha256, size, bytes, encoding };
  } catch (error) {
    if (error instanceof FbtrError || signal?.aborted) throw error;
    throw unreadable(shownAs, error);
  }
}

/** Name of the book's file without folder and without `.fb2`, `.zip`. */
export function baseNameOf(path: string): string {
  return basename(path).replace(/(?:\.fb2)?(?:\.zip)?$/i, "");
}
