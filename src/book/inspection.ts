import { voteLanguage } from "../language/language-vote.ts";
import { BookCensus, type References, type SectionPlace } from "./census.ts";
import type { BookDescription } from "./description.ts";
import { decodeText } from "./encoding.ts";
import { withoutMarkers } from "./markers.ts";
import { Rewriter } from "./rewriter.ts";
import { SectionTitles } from "./section-titles.ts";
import type { Segment } from "./segment.ts";
import type { BookSource } from "./source.ts";

export interface InspectedSection extends SectionPlace {
  readonly title: string;
  readonly segments: number;
}

/** What can be told of a book without translating it. */
export interface BookInspection extends BookDescription {
  readonly path: string;
  readonly format: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly sha256: string;
  readonly title: string;
  readonly encoding: { readonly found: string; readonly declared?: string; readonly by: string };
  readonly sections: readonly InspectedSection[];
  readonly segments: {
    readonly total: number;
    readonly byKind: Readonly<Record<string, number>>;
    /** Kept as they are, by reason. */
    readonly kept: Readonly<Record<string, number>>;
  };
  readonly words: number;
  readonly characters: number;
  /** Share of the words in each language, by a vote; from the largest to the smallest. */
  readonly languages: Readonly<Record<string, number>>;
  readonly references: References;
  /** About how large a translation will be as a plain .fb2, bytes. */
  readonly outputBytes: { readonly cyrillic: number; readonly latin: number };
}

const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
const CYRILLIC_LETTER = /\p{Script=Cyrillic}/gu;
const MAX_TITLE = 60;
/** Shorter pieces, such as verses, vote together until they have so many words. */
const WORDS_OF_A_VOTE = 20;
/** A Cyrillic letter has two bytes in UTF-8; in Serbian Latin one, or two for č, lj and the like. */
const BYTES_SAVED_A_LETTER = 0.9;

/** Collects votes on the language of pieces of text, weighted by their words. */
class LanguageTally {
  readonly #words = new Map<string, number>();
  #pooled = "";
  #pooledWords = 0;

  add(text: string, words: number): void {
    if (words >= WORDS_OF_A_VOTE) {
      this.#vote(text, words);
      return;
    }
    this.#pooled += `${text}\n`;
    this.#pooledWords += words;
    if (this.#pooledWords >= WORDS_OF_A_VOTE) this.#votePooled();
  }

  /** Shares of all words, 0 to 1 with three decimals. */
  get shares(): Record<string, number> {
    this.#votePooled();
    const total = [...this.#words.values()].reduce((sum, words) => sum + words, 0);
    const sorted = [...this.#words].sort(([, a], [, b]) => b - a);
    return Object.fromEntries(
      sorted.map(([language, words]) => [language, Math.round((words / total) * 1000) / 1000]),
    );
  }

  #votePooled(): void {
    if (this.#pooledWords > 0) this.#vote(this.#pooled, this.#pooledWords);
    this.#pooled = "";
    this.#pooledWords = 0;
  }

  #vote(text: string, words: number): void {
    const language = voteLanguage(text);
    this.#words.set(language, (this.#words.get(language) ?? 0) + words);
  }
}

/** Counts while the segments pass, so that a large book needs no large memory. */
class SegmentTally {
  title = "";
  words = 0;
  characters = 0;
  cyrillicLetters = 0;
  total = 0;
  readonly byKind: Record<string, number> = {};
  readonly kept: Record<string, number> = {};
  readonly titles = new SectionTitles();
  readonly bySection = new Map<number, number>();
  readonly languages = new LanguageTally();

  add(segment: Segment): void {
    const text = withoutMarkers(segment.text).replaceAll(/\s+/gu, " ").trim();
    const words = text.match(WORD)?.length ?? 0;
    this.total += 1;
    this.byKind[segment.kind] = (this.byKind[segment.kind] ?? 0) + 1;
    if (segment.skip) this.kept[segment.skip] = (this.kept[segment.skip] ?? 0) + 1;
    if (segment.element === "book-title") this.title ||= text;
    this.words += words;
    this.characters += text.length;
    this.cyrillicLetters += text.match(CYRILLIC_LETTER)?.length ?? 0;
    this.languages.add(text, words);
    this.bySection.set(segment.section, (this.bySection.get(segment.section) ?? 0) + 1);
    this.titles.add(segment);
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
  const tally = new SegmentTally();
  const census = new BookCensus();
  const onSegment = (segment: Segment) => {
    tally.add(segment);
    return undefined;
  };
  const rewriter = new Rewriter({ sourceLanguage, onSegment });
  const encoding = await source.encoding();
  let utf8Bytes = 0;
  for await (const text of decodeText(source.bytes(), encoding, true)) {
    signal?.throwIfAborted();
    utf8Bytes += Buffer.byteLength(text);
    rewriter.write(text);
    census.write(text);
  }
  rewriter.end();
  census.end();
  const { label, others, declared, reason } = encoding;
  const found = others === undefined ? label : `${label} and ${others}`;
  const latin = Math.round(utf8Bytes - tally.cyrillicLetters * BYTES_SAVED_A_LETTER);
  return {
    path: source.shownAs,
    format: source.format,
    size: source.size,
    sha256: source.sha256,
    title: tally.title,
    ...census.description,
    encoding: { found, ...(declared && { declared }), by: reason },
    sections: census.sections.map((place) => ({
      ...place,
      title: tally.titles.of(place.number).slice(0, MAX_TITLE),
      segments: tally.bySection.get(place.number) ?? 0,
    })),
    segments: { total: tally.total, byKind: tally.byKind, kept: tally.kept },
    words: tally.words,
    characters: tally.characters,
    languages: tally.languages.shares,
    references: census.references,
    outputBytes: { cyrillic: utf8Bytes, latin },
  };
}
