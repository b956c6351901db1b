import { createHash, type Hash } from "node:crypto";

import type { EditionFault } from "./edition-fault.ts";
import { elementOf } from "./elements.ts";
import { withAttribute } from "./tag.ts";
import { TokenReader, type TokenKind } from "./tokenizer.ts";

/** The digests of one stretch of a book: from one section to the next. */
interface Stretch {
  /** Of the elements and how they are nested. */
  readonly elements: string;
  /** Of the tags to the letter, attributes and all. */
  readonly tags: string;
}

const DECLARED_ENCODING = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)/u;

/**
 * What a translation leaves alone: elements, their attributes, pictures. Taken while the book
 * streams by, so that a book and its translation can be compared without being read again. Left
 * out is what may change: text, the description, alternative texts of pictures, and the order of
 * the marks inside a paragraph. Memory grows with the number of sections and pictures only.
 */
export class BookOutline {
  readonly #reader = new TokenReader((kind, raw) => this.#take(kind, raw));
  readonly #stretches: Stretch[] = [];
  readonly #pictures: string[] = [];
  #elements = createHash("sha1");
  #tags = createHash("sha1");
  /** Tags of the paragraph that is read: words change places in a translation, and marks with them. */
  #inline: string[] = [];
  #picture: Hash | undefined;
  #inDescription = false;
  #encoding: string | undefined;

  write(text: string): void {
    this.#reader.write(text);
  }

  end(): void {
    this.#reader.end();
    this.#endStretch();
  }

  /** What differs in `translation`, which is declared as UTF-8 or not at all. Both have ended. */
  faultsOf(translation: BookOutline): EditionFault[] {
    const faults: EditionFault[] = [];
    const encoding = translation.#encoding;
    if (encoding !== undefined && !/^utf-?8$/iu.test(encoding)) {
      faults.push({ check: "C62", message: `the declared encoding is ${encoding}, not UTF-8` });
    }
    const sections = Math.max(this.#stretches.length, translation.#stretches.length);
    for (let section = 0; section < sections; section += 1) {
      const [here, there] = [this.#stretches[section], translation.#stretches[section]];
      const place = section === 0 ? "before the first section" : `in section ${section}`;
      if (here?.elements !== there?.elements) {
        faults.push({ check: "C25", message: `other elements than in the source ${place}` });
      } else if (here?.tags !== there?.tags) {
        faults.push({ check: "C21", message: `other attributes than in the source ${place}` });
      }
    }
    if (this.#pictures.join(" ") !== translation.#pictures.join(" ")) {
      faults.push({ check: "C26", message: "other pictures than in the source" });
    }
    return faults;
  }

  #take(kind: TokenKind, rawOf: () => string): void {
    if (kind === "text" || kind === "cdata") {
      this.#picture?.update(rawOf());
      return;
    }
    const tag = rawOf();
    if (kind === "opaque") this.#encoding ??= DECLARED_ENCODING.exec(tag)?.[1];
    else this.#tag(kind, tag);
  }

  #tag(kind: TokenKind, tag: string): void {
    const { name, role, translatedAttributes } = elementOf(tag);
    if (name === "description") this.#inDescription = kind === "open";
    if (this.#inDescription || name === "description") return;
    if (name === "binary") this.#border(kind);
    if (name === "section" && kind === "open") this.#endStretch();
    const kept = (translatedAttributes ?? []).reduce((rest, attribute) => {
      return withAttribute(rest, attribute, "");
    }, tag);
    if (role === "inline") {
      this.#inline.push(kept);
      return;
    }
    this.#endParagraph();
    this.#elements.update(`${kind} ${name}\n`);
    this.#tags.update(kept);
  }

  #endParagraph(): void {
    if (this.#inline.length === 0) return;
    const tags = this.#inline.toSorted();
    this.#inline = [];
    this.#elements.update(`${tags.map((tag) => elementOf(tag).name).join(" ")}\n`);
    this.#tags.update(tags.join(""));
  }

  #endStretch(): void {
    this.#endParagraph();
    this.#stretches.push({
      elements: this.#elements.digest("hex"),
      tags: this.#tags.digest("hex"),
    });
    this.#elements = createHash("sha1");
    this.#tags = createHash("sha1");
  }

  /** Where a picture begins or ends. */
  #border(kind: TokenKind): void {
    if (this.#picture !== undefined) this.#pictures.push(this.#picture.digest("hex"));
    this.#picture = kind === "open" ? createHash("sha1") : undefined;
  }
}
