import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";

import { FbtrError } from "../base/errors.ts";
import { replaceFiles, type ByteSink } from "./atomic-file.ts";
import type { BilingualOrder } from "./bilingual.ts";
import { DescriptionOutline } from "./description-outline.ts";
import type { EditionFault } from "./edition-fault.ts";
import { decodeText } from "./encoding.ts";
import type { TranslationMetadata } from "./metadata.ts";
import { BookOutline } from "./outline.ts";
import { Rewriter } from "./rewriter.ts";
import type { Segment } from "./segment.ts";
import { baseNameOf, hashOf, type BookFormat, type BookSource } from "./source.ts";

/** What distinguishes the written book from its source. */
export interface Edition {
  readonly sourceLanguage: string;
  /** Without it the description is left as it came. */
  readonly metadata?: TranslationMetadata;
  /** Given for a book with both languages. */
  readonly bilingual?: BilingualOrder;
  /** Translation with the markers of the segment; undefined: left as it came. */
  readonly translationOf: (segment: Segment) => string | undefined;
  /** Hears what the edition changed that it has to leave alone, and what it lacks. */
  readonly onFault?: (fault: EditionFault) => void;
}

/**
 * The FB2 of an edition as UTF-8, a piece at a time.
 *
 * @throws FbtrError BOOK_CHANGED after the last piece, if the source is not what was opened.
 */
export async function* editionBytes(
  source: BookSource,
  edition: Edition,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { sourceLanguage, bilingual, metadata, translationOf, onFault } = edition;
  const rewriter = new Rewriter({
    sourceLanguage,
    onSegment: translationOf,
    ...(bilingual && { bilingual }),
    ...(metadata && { metadata }),
  });
  const comparison = onFault && new Comparison(edition);
  const encoding = await source.encoding();
  for await (const text of decodeText(source.bytes(), encoding, true)) {
    signal?.throwIfAborted();
    const ready = rewriter.write(text);
    comparison?.take(text, ready);
    if (ready !== "") yield Buffer.from(ready);
  }
  const rest = rewriter.end();
  comparison?.take("", rest);
  yield Buffer.from(rest);
  await checkUnchanged(source);
  for (const fault of comparison?.end() ?? []) onFault?.(fault);
}

interface Outlines {
  readonly body: BookOutline;
  readonly description: DescriptionOutline;
}

/** Compares a book with its edition while both stream by. */
class Comparison {
  readonly #edition: Edition;
  readonly #here = newOutlines();
  readonly #there = newOutlines();

  constructor(edition: Edition) {
    this.#edition = edition;
  }

  take(source: string, edition: string): void {
    for (const outline of Object.values(this.#here)) outline.write(source);
    for (const outline of Object.values(this.#there)) outline.write(edition);
  }

  end(): EditionFault[] {
    const [here, there] = [this.#here, this.#there];
    for (const outline of [...Object.values(here), ...Object.values(there)]) outline.end();
    const { bilingual, metadata } = this.#edition;
    return [
      // With both languages it has more elements than the book by intention.
      ...(bilingual === undefined ? here.body.faultsOf(there.body) : []),
      ...(metadata ? here.description.faultsOf(there.description, metadata) : []),
    ];
  }
}

function newOutlines(): Outlines {
  return { body: new BookOutline(), description: new DescriptionOutline() };
}

/** The same in a zip with one entry. */
async function* zipped(
  bytes: AsyncIterable<Uint8Array>,
  entryName: string,
  date: Date,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const content = Readable.from(bytes, { objectMode: false });
  zip.addReadStream(content, entryName, { mtime: date, mode: 0o100644 });
  zip.end();
  // yazl does not pass on an error of what it reads.
  const failed = finished(content).then(
    () => undefined,
    (error: unknown) => zip.outputStream.emit("error", error),
  );
  yield* zip.outputStream as AsyncIterable<Uint8Array>;
  await failed;
}

async function checkUnchanged(source: BookSource): Promise<void> {
  if ((await hashOf(source.path)) === source.sha256) return;
  throw new FbtrError("BOOK_CHANGED", `${source.shownAs} was changed while it was translated`, {
    hint: "Run the command again: the changed book is another job.",
  });
}

/** Where an edition goes. */
export interface BookTarget {
  readonly path: string;
  readonly format: BookFormat;
  /** Date of the entry in a zip. */
  readonly date: Date;
}

/**
 * Writes an edition of a book to `path`, whole or not at all: temporary file, fsync, rename.
 *
 * @throws FbtrError OUTPUT_UNWRITABLE, BOOK_CHANGED, BOOK_UNREADABLE; the signal's reason. In each
 *   case `path` is as it was before.
 */
export async function writeBook(
  source: BookSource,
  target: BookTarget,
  edition: Edition,
  signal?: AbortSignal,
): Promise<void> {
  await writeBooks(source, [{ target, edition }], signal);
}

/**
 * Writes several editions of a book that belong together. No file is replaced before all of them
 * are on disk under temporary names.
 *
 * @throws as `writeBook`; no file is replaced then.
 */
export async function writeBooks(
  source: BookSource,
  editions: readonly { readonly target: BookTarget; readonly edition: Edition }[],
  signal?: AbortSignal,
): Promise<void> {
  await replaceFiles(
    editions.map(({ target, edition }) => ({
      path: target.path,
      produce: async (write: ByteSink) => {
        for await (const chunk of containedIn(source, target, edition, signal)) await write(chunk);
      },
    })),
  );
}

/** The bytes of the file: the FB2 itself, or a zip with it. */
function containedIn(
  source: BookSource,
  target: BookTarget,
  edition: Edition,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> {
  const bytes = editionBytes(source, edition, signal);
  if (target.format === "fb2") return bytes;
  return zipped(bytes, `${baseNameOf(target.path)}.fb2`, target.date);
}
