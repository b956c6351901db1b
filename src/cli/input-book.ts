import { openBook, type BookSource } from "../book/source.ts";
import { spoolBook } from "../book/spool.ts";

/** A book that a command was given, and what is to be cleared away after it. */
export interface InputBook extends AsyncDisposable {
  readonly source: BookSource;
}

/**
 * The book that the user named; `-` is the book that comes from `stdin`, kept in a temporary file
 * until the caller disposes of it.
 *
 * @throws FbtrError BOOK_UNREADABLE, BOOK_TOO_LARGE, OUTPUT_UNWRITABLE; no file is left then.
 */
export async function openInputBook(
  path: string,
  stdin: AsyncIterable<Uint8Array>,
): Promise<InputBook> {
  if (path !== "-") {
    return { source: await openBook(path), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const { tmpdir } = await import("node:os");
  const spooled = await spoolBook(stdin, tmpdir());
  try {
    const source = await openBook(spooled.path, undefined, "Standard input");
    return { source, [Symbol.asyncDispose]: () => spooled[Symbol.asyncDispose]() };
  } catch (error) {
    await spooled[Symbol.asyncDispose]();
    throw error;
  }
}

/** The first bytes of a stream, and the whole stream again, the first bytes included. */
export async function peekAt(
  stream: AsyncIterable<Uint8Array>,
  headBytes = 512,
): Promise<{ readonly head: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let size = 0; size < headBytes;) {
    const next = await iterator.next();
    if (next.done === true) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Buffer.concat(chunks), bytes: all() };
}
