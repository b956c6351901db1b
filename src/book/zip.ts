import { promisify } from "node:util";
import { open, type Entry, type ZipFile } from "yauzl";

import { FbtrError } from "../base/errors.ts";

/** No book is this large; what is larger is an attack on memory and disk. */
const MAX_BOOK_BYTES = 1024 * 1024 * 1024;
/** Text and base64 shrink to a tenth; a hundredth and less is a bomb. */
const MAX_RATIO = 200;
/** Below this size the ratio says nothing. */
const RATIO_MATTERS_FROM = 16 * 1024 * 1024;
const MAX_ENTRIES = 1000;

const openZip = promisify((path: string, done: (error: Error | null, zip: ZipFile) => void) => {
  open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, done);
});

function damaged(shownAs: string, cause: unknown): FbtrError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FbtrError("BOOK_UNREADABLE", `${shownAs} is a damaged zip: ${reason}`, {
    cause,
    hint: "Download or copy the file again.",
  });
}

function tooLarge(shownAs: string, what: string): FbtrError {
  return new FbtrError("BOOK_TOO_LARGE", `${shownAs} is refused: ${what}`, {
    hint: "Unzip it yourself if you trust it, and translate the .fb2.",
  });
}

/**
 * Names of entries may be in cp866; only their ASCII matters here. macOS puts a file of its own with
 * nearly the same name beside each.
 */
function isFb2(entry: Entry): boolean {
  const name = Buffer.from(entry.fileName as unknown as Uint8Array).toString("latin1");
  return /\.fb2$/i.test(name) && !/(?:^|\/)(?:\._|__MACOSX\/)/.test(name);
}

async function findBook(shownAs: string, zip: ZipFile): Promise<Entry> {
  if (zip.entryCount > MAX_ENTRIES) throw tooLarge(shownAs, `it has ${zip.entryCount} entries`);
  const found = await new Promise<Entry | undefined>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      if (isFb2(entry)) resolve(entry);
      else zip.readEntry();
    });
    zip.on("end", () => resolve(undefined));
    zip.on("error", reject);
    zip.readEntry();
  });
  if (found === undefined) {
    throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is a zip without an FB2 inside`, {
      hint: "Name an .fb2 file, or a zip that holds one.",
    });
  }
  return found;
}

function checkReadable(shownAs: string, entry: Entry): void {
  if (entry.isEncrypted()) {
    throw new FbtrError("BOOK_UNREADABLE", `${shownAs} is a zip with a password`, {
      hint: "Unzip it yourself, and name the .fb2.",
    });
  }
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > MAX_BOOK_BYTES) throw tooLarge(shownAs, "it unzips to over 1 GiB");
  if (entry.uncompressedSize > RATIO_MATTERS_FROM && ratio > MAX_RATIO) {
    throw tooLarge(shownAs, `it unzips to ${Math.round(ratio)} times its size`);
  }
}

async function* readEntry(path: string, shownAs: string): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path);
  try {
    const entry = await findBook(shownAs, zip);
    const stream = await promisify(zip.openReadStream.bind(zip))(entry);
    // yauzl ends the stream with an error when more bytes come out than the entry declares.
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof FbtrError ? error : damaged(shownAs, error);
  } finally {
    zip.close();
  }
}

/**
 * The first FB2 of a zip; the returned function reads it from the beginning at each call.
 *
 * @throws FbtrError BOOK_UNREADABLE if the zip is damaged or has no FB2; BOOK_TOO_LARGE by the
 *   declared size, ratio or number of entries.
 */
export async function openZippedBook(
  path: string,
  shownAs = path,
): Promise<() => AsyncIterable<Uint8Array>> {
  let zip: ZipFile;
  try {
    zip = await openZip(path);
  } catch (error) {
    throw damaged(shownAs, error);
  }
  try {
    checkReadable(shownAs, await findBook(shownAs, zip));
  } finally {
    zip.close();
  }
  return () => readEntry(path, shownAs);
}
