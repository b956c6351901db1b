import { BookCensus, type SectionPlace } from "./census.ts";
import { decodeText } from "./encoding.ts";
import { Rewriter } from "./rewriter.ts";
import { SectionTitles } from "./section-titles.ts";
import type { BookSource } from "./source.ts";

/** A section as people know it. */
export interface BookSection extends SectionPlace {
  /** Empty if it has none. */
  readonly title: string;
}

/**
 * The sections of a book in their order.
 *
 * @throws FbtrError BOOK_UNREADABLE; the signal's reason when it is aborted.
 */
export async function sectionsOf(
  source: BookSource,
  sourceLanguage: string,
  signal?: AbortSignal,
): Promise<BookSection[]> {
  const titles = new SectionTitles();
  const census = new BookCensus();
  const rewriter = new Rewriter({
    sourceLanguage,
    onSegment: (segment) => {
      titles.add(segment);
      return undefined;
    },
  });
  const encoding = await source.encoding();
  for await (const text of decodeText(source.bytes(), encoding, false)) {
    signal?.throwIfAborted();
    rewriter.write(text);
    census.write(text);
  }
  rewriter.end();
  census.end();
  return census.sections.map(({ number, depth, body }) => {
    const section = { number, depth, title: titles.of(number) };
    return body === undefined ? section : Object.assign(section, { body });
  });
}
