import { DescriptionReader, type BookDescription } from "./description.ts";
import { elementNameOf } from "./elements.ts";
import { attributeOf } from "./tag.ts";
import { TokenReader, type TokenKind } from "./tokenizer.ts";

export interface SectionPlace {
  /** From 1 in the order of the book, as in `Segment.section`. */
  readonly number: number;
  /** 1 for a section that stands in a body. */
  readonly depth: number;
  /** Name of its body: `notes`; nothing for the body of the text. */
  readonly body?: string;
}

/** What points where in a book. */
export interface References {
  /** References to notes: `a` with the type `note`. */
  readonly notes: number;
  readonly images: number;
  readonly binaries: number;
  /** Images of the book itself that it does not hold. */
  readonly missingImages: number;
  /** Links to places of the book itself, notes included. */
  readonly links: number;
  readonly danglingLinks: number;
}

/**
 * Counts what is in a book while it streams through: description, sections, references. Its memory
 * grows with the number of ids, links and sections, not with the text.
 */
export class BookCensus {
  readonly #reader = new TokenReader((kind, raw) => this.#take(kind, raw));
  readonly #description = new DescriptionReader();
  #bodyName: string | undefined;
  #depth = 0;
  readonly #sections: SectionPlace[] = [];
  readonly #ids = new Set<string>();
  readonly #binaries = new Set<string>();
  readonly #images: string[] = [];
  readonly #links: string[] = [];
  #notes = 0;

  write(text: string): void {
    this.#reader.write(text);
  }

  end(): void {
    this.#reader.end();
  }

  get description(): BookDescription {
    return this.#description.description;
  }

  get sections(): readonly SectionPlace[] {
    return this.#sections;
  }

  get references(): References {
    const isMissing = (known: ReadonlySet<string>) => (target: string) => !known.has(target);
    return {
      notes: this.#notes,
      images: this.#images.length,
      binaries: this.#binaries.size,
      missingImages: this.#images.filter(isMissing(this.#binaries)).length,
      links: this.#links.length,
      danglingLinks: this.#links.filter(isMissing(this.#ids)).length,
    };
  }

  #take(kind: TokenKind, rawOf: () => string): void {
    // The text of the body is none of its business, and is most of the book.
    if (this.#bodyName !== undefined && (kind === "text" || kind === "cdata")) return;
    const raw = rawOf();
    this.#description.take(kind, raw);
    if (kind === "open" || kind === "empty") this.#open(kind, raw);
    else if (kind === "close" && elementNameOf(raw) === "section") {
      this.#depth = Math.max(0, this.#depth - 1);
    }
  }

  #open(kind: TokenKind, raw: string): void {
    const name = elementNameOf(raw);
    const id = raw.includes("id") ? attributeOf(raw, "id") : undefined;
    if (id !== undefined) this.#ids.add(id);
    if (name === "binary" && id !== undefined) this.#binaries.add(id);
    if (name === "body") {
      this.#bodyName = attributeOf(raw, "name") ?? "";
      this.#depth = 0;
    }
    if (name === "section" && kind === "open") this.#addSection();
    if (name === "image" || name === "a") this.#addReference(name, raw);
  }

  #addSection(): void {
    this.#depth += 1;
    this.#sections.push({
      number: this.#sections.length + 1,
      depth: this.#depth,
      ...(this.#bodyName && { body: this.#bodyName }),
    });
  }

  #addReference(name: "image" | "a", raw: string): void {
    if (name === "a" && attributeOf(raw, "type") === "note") this.#notes += 1;
    const href = attributeOf(raw, "href")?.trim();
    if (!href?.startsWith("#")) return;
    (name === "a" ? this.#links : this.#images).push(href.slice(1));
  }
}
