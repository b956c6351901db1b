import { withoutMarkers } from "./markers.ts";
import type { Segment } from "./segment.ts";

/** Collects the titles of sections while the segments of a book pass. */
export class SectionTitles {
  readonly #titles = new Map<number, string>();
  /** Sections of which more than the title was read: what is a title there now is a poem's. */
  readonly #begun = new Set<number>();

  add({ section, kind, text }: Segment): void {
    if (section === 0 || this.#begun.has(section)) return;
    if (kind !== "title") {
      this.#begun.add(section);
      return;
    }
    const title = `${this.of(section)} ${withoutMarkers(text)}`;
    this.#titles.set(section, title.replaceAll(/\s+/gu, " ").trim());
  }

  /** The title of a section, its paragraphs in one line; empty if it has none. */
  of(section: number): string {
    return this.#titles.get(section) ?? "";
  }
}
