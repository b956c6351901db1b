import { decodeText } from "./encoding.ts";
import { Rewriter } from "./rewriter.ts";
import type { Segment } from "./segment.ts";
import type { BookSource } from "./source.ts";

/**
 * All segments of a book in their order. The next part of the book is read when the one before has
 * been taken.
 *
 * @throws FbtrError BOOK_UNREADABLE; the signal's reason when it is aborted.
 */
export async function* segmentsOf(
  source: BookSource,
  sourceLanguage: string,
  signal?: AbortSignal,
): AsyncGenerator<Segment> {
  let ready: Segment[] = [];
  const rewriter = new Rewriter({
    sourceLanguage,
    onSegment: (segment) => {
      ready.push(segment);
      return undefined;
    },
  });
  const encoding = await source.encoding();
  for await (const text of decodeText(source.bytes(), encoding, false)) {
    signal?.throwIfAborted();
    rewriter.write(text);
    yield* ready;
    ready = [];
  }
  rewriter.end();
  yield* ready;
}
