import { encodingOf, segmentsOf } from "./reading.ts";
import { withoutMarkers } from "./markers.ts";
import type { Segment } from "./segment.ts";
import type { BookSource } from "./source.ts";

/** What can be told of a book without translating it. */
export interface BookInspection {
  readonly path: string;
  readonly format: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly sha256: string;
  readonly title: string;
  readonly encoding: { readonly found: string; readonly declared?: string; readonly by: string };
  readonly sections: readonly { readonly number: number; readonly title: string }[];
  readonly segments: {
    readonly total: number;
    readonly byKind: Readonly<Record<string, number>>;
    /** Kept as they are, by reason. */
    readonly kept: Readonly<Record<string, number>>;
  };
  readonly words: number;
  readonly characters: number;
}

const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
const MAX_TITLE = 60;

/** Counts while the segments pass, so that a large book needs no large memory. */
class Tally {
  title = "";
  words = 0;
  characters = 0;
  total = 0;
  readonly byKind: Record<string, number> = {};
  readonly kept: Record<string, number> = {};
  readonly titles = new Map<number, string>();

  add(segment: Segment): void {
    const text = withoutMarkers(segment.text).replaceAll(/\s+/gu, " ").trim();
    this.total += 1;
    this.byKind[segment.kind] = (this.byKind[segment.kind] ?? 0) + 1;
    if (segment.skip) this.kept[segment.skip] = (this.kept[segment.skip] ?? 0) + 1;
    if (segment.element === "book-title") this.title ||= text;
    this.words += text.match(WORD)?.length ?? 0;
    this.characters += text.length;
    this.#nameSection(segment, text);
  }

  #nameSection({ section, kind }: Segment, text: string): void {
    if (section === 0) return;
    const known = this.titles.get(section);
    if (known === undefined) this.titles.set(section, "");
    if (kind === "title" && !known) this.titles.set(section, text.slice(0, MAX_TITLE));
  }
}

/**
 * Reads a book once and tells what is in it.
 *
 * @throws FbtrError BOOK_UNREADABLE; the signal's reason when it is aborted.
 */
export async function inspectBook(
  source: BookSource,
  sourceLanguage: string,
  signal?: AbortSignal,
): Promise<BookInspection> {
  const tally = new Tally();
  for await (const segment of segmentsOf(source, sourceLanguage, signal)) tally.add(segment);
  const { label, others, declared, reason } = await encodingOf(source);
  return {
    path: source.shownAs,
    format: source.format,
    size: source.size,
    sha256: source.sha256,
    title: tally.title,
    encoding: {
      found: others === undefined ? label : `${label} and ${others}`,
      ...(declared && { declared }),
      by: reason,
    },
    sections: [...tally.titles].map(([number, title]) => ({ number, title })),
    segments: { total: tally.total, byKind: tally.byKind, kept: tally.kept },
    words: tally.words,
    characters: tally.characters,
  };
}
