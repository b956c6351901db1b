import { withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import type { SegmentPlace } from "./snapshot.ts";

interface SectionSoFar {
  title: string;
  /** Its title is complete: something else of it was read. */
  begun: boolean;
  paragraphs: number;
}

/** Text of a segment on one line, without markers. */
export function plainTextOf({ text }: Segment): string {
  return withoutMarkers(text).replaceAll(/\s+/g, " ").trim();
}

/**
 * Where segments stand, as a reader would say it. Reads the segments of a book in order and holds
 * the headings, not the text.
 */
export class Places {
  readonly #sections = new Map<number, SectionSoFar>();

  /** The place of the next segment of the book. */
  enter(segment: Segment): SegmentPlace {
    const { index, kind, element, section } = segment;
    const here = this.#sections.get(section) ?? { title: "", begun: false, paragraphs: 0 };
    this.#sections.set(section, here);
    if (kind !== "title") here.begun = true;
    // Outside of sections there are titles of the book and of its bodies, which name no section.
    else if (!here.begun && section > 0)
      here.title = `${here.title} ${plainTextOf(segment)}`.trim();
    const isParagraph = kind === "text" || kind === "verse";
    if (isParagraph) here.paragraphs += 1;
    const paragraph = isParagraph ? here.paragraphs : 0;
    return { index, section, sectionTitle: here.title, kind, element, paragraph };
  }

  /** Heading of a section as far as it was read; empty if it has none. */
  titleOf(section: number): string {
    return this.#sections.get(section)?.title ?? "";
  }
}
