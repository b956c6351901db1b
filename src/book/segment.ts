/**
 * Where a segment stands in the book:
 * - `text`: a paragraph-level element (`p`, `v`, `subtitle`, `text-author`, `td`, `th`, …) or loose
 *   text inside a container;
 * - `title`: a paragraph of a title, so that headings can be told from prose;
 * - `verse`: a line of a poem;
 * - `metadata`: `book-title`, `keywords`;
 * - `attribute`: the value of `image@alt`, `image@title` or `sequence@name`.
 */
export type SegmentKind = "text" | "title" | "verse" | "metadata" | "attribute";

/** One piece of a book that is translated as a whole. */
export interface Segment {
  /** Place among the segments of the book, from 0. The same bytes always give the same numbers. */
  readonly index: number;
  readonly kind: SegmentKind;
  /** Local name of the element, `p` or `v` and so on; for attributes `image@alt` and so on. */
  readonly element: string;
  /** Number of the section it stands in, from 1, in document order; 0 outside of all sections. */
  readonly section: number;
  /**
   * The text with entities resolved. Inline tags stand in it as numbered markers: `<1>…</1>` for a
   * pair, `<2/>` for something that is kept as it is (a note reference, an image, code). A `<` of
   * the book itself that would look like a marker is never handed out.
   */
  readonly text: string;
  /** True if there is nothing to translate: no letter, or another language by `xml:lang`. */
  readonly skip: SkipReason | undefined;
}

/** Why a segment is kept as it is: it has no letter, or its `xml:lang` is not the source language. */
export type SkipReason = "no letters" | "other language";
