import {
  bilingualContent,
  bothInOne,
  type BilingualOrder,
  type PlacedSegment,
} from "./bilingual.ts";
import {
  elementNameOf,
  elementOf,
  roleOf,
  type ElementRole,
  type FormatElement,
} from "./elements.ts";
import { isLanguage, markUp, render, type Markup, type RawToken } from "./markup.ts";
import { MetadataEditor, type TranslationMetadata } from "./metadata.ts";
import { OpenTags } from "./open-tags.ts";
import { PassingSegment } from "./passing-segment.ts";
import type { Segment, SegmentKind } from "./segment.ts";
import { attributeOf, withAttribute } from "./tag.ts";
import { Tokenizer, type TokenKind, type TokenSink } from "./tokenizer.ts";

export interface RewriterOptions {
  /** Language of the book, such as `ru`: text whose xml:lang differs is kept. */
  readonly sourceLanguage: string;
  /**
   * Called once for each segment in the order of the book. Returns the translation with the
   * markers of `segment.text`, or undefined to leave the segment byte for byte as it came.
   */
  readonly onSegment: (segment: Segment) => string | undefined;
  /** Given for a book with both languages; without it the translation replaces the original. */
  readonly bilingual?: BilingualOrder;
  /** Given when a translation is written; without it the description is left as it came. */
  readonly metadata?: TranslationMetadata;
}

interface OpenElement {
  readonly name: string;
  readonly role: ElementRole;
  readonly section: number;
  readonly otherLanguage: boolean;
  /** It is a title or stands in one. */
  readonly inTitle: boolean;
}

interface OpenSegment extends PlacedSegment {
  /** True for text that strays in a container: the next block tag ends it. */
  readonly loose: boolean;
  readonly tokens: RawToken[];
  length: number;
  /** There is something to read in it. */
  hasText: boolean;
  /** An attribute inside was translated. */
  edited: boolean;
}

/** An unclosed paragraph must cost no more than its size: a segment is cut here (characters). */
const MAX_SEGMENT_LENGTH = 65_536;

const VISIBLE = /[^\s\u00a0]/;

/**
 * Rewrites an FB2 while it streams through: `write` takes decoded text in pieces of any size and
 * returns what is ready, `end` returns the rest. The same machine reads a book (look at the
 * segments, drop the output) and writes it. Text outside of changed segments leaves as it came;
 * the pending part is bounded by the longest segment. Neither segments nor output depend on how
 * the text was cut into pieces.
 */
export class Rewriter implements TokenSink {
  readonly #options: RewriterOptions;
  readonly #tokenizer = new Tokenizer(this);
  readonly #editor: MetadataEditor | undefined;
  readonly #elements = new OpenTags<OpenElement>();
  #segment: OpenSegment | undefined;
  #output = "";
  #copiedTo = 0;
  #seenTo = 0;
  #nextIndex = 0;
  #sections = 0;

  constructor(options: RewriterOptions) {
    this.#options = options;
    this.#editor = options.metadata && new MetadataEditor(options.metadata);
  }

  write(text: string): string {
    this.#tokenizer.write(text);
    return this.#takeOutput();
  }

  end(): string {
    this.#tokenizer.end();
    this.#endSegment();
    this.#copyTo(this.#seenTo);
    return this.#takeOutput();
  }

  #takeOutput(): string {
    const ready = this.#output;
    this.#output = "";
    return ready;
  }

  neededFrom(): number {
    if (this.#segment === undefined) this.#copyTo(this.#seenTo);
    return this.#copiedTo;
  }

  moved(count: number): void {
    this.#copiedTo -= count;
    this.#seenTo -= count;
  }

  token(kind: TokenKind, start: number, end: number): void {
    this.#seenTo = end;
    if (kind === "text" && this.#editor === undefined && this.#isPassive()) return;
    const raw = this.#tokenizer.buffer.slice(start, end);
    const edit = this.#editor?.edit(kind, raw);
    if (edit !== undefined) {
      this.#endSegment(start);
      this.#splice(start, edit.before ?? "");
    }
    if (edit?.instead === undefined) this.#read(kind, raw, start);
    else this.#splice(start, edit.instead, end);
    if (edit?.instead !== undefined && kind === "open") this.#push(raw);
    if (edit?.instead !== undefined && kind === "close") this.#elements.close(elementNameOf(raw));
  }

  /** Text here is neither part of a segment nor could it begin one. */
  #isPassive(): boolean {
    return this.#segment === undefined && this.#elements.innermost?.role !== "container";
  }

  #read(kind: TokenKind, raw: string, start: number): void {
    if (kind === "text") this.#text(raw, start);
    else if (kind === "open" || kind === "empty") this.#open(kind, raw, start);
    else if (kind === "close") this.#close(raw, start);
    else if (this.#segment !== undefined) this.#add(kind, raw);
  }

  #text(raw: string, start: number): void {
    if (this.#segment === undefined) {
      if (this.#elements.innermost?.role !== "container") return;
      // White space before stray text just passes.
      const space = raw.search(VISIBLE);
      if (space < 0) return;
      this.#begin(start + space, true);
      this.#addText(raw.slice(space), start + space);
    } else {
      this.#addText(raw, start);
    }
  }

  #open(kind: "open" | "empty", raw: string, start: number): void {
    const element = elementOf(raw);
    const parent = this.#elements.innermost;
    if (roleOf(element, parent) === "inline") {
      const begins = kind === "open" && parent?.role === "container";
      if (this.#segment === undefined && begins) this.#begin(start, true);
      if (this.#segment !== undefined) {
        this.#addTag(kind, element, raw, start);
        return;
      }
    } else if (this.#segment !== undefined) {
      this.#endSegment(start);
      // A block inside a paragraph ends the paragraph.
      if (parent?.role === "segment") this.#elements.close(parent.name);
    }
    const translated = this.#withTranslatedAttributes(element, raw);
    if (translated !== raw) this.#splice(start, translated, start + raw.length);
    if (kind === "empty") return;
    const around = this.#elements.innermost?.name;
    this.#push(raw, element);
    if (this.#elements.innermost?.role !== "segment") return;
    this.#begin(start + raw.length, false, raw, around);
  }

  #close(raw: string, start: number): void {
    const element = elementOf(raw);
    if (this.#segment !== undefined) {
      if (roleOf(element, this.#elements.innermost) === "inline") {
        this.#makeRoom(raw, start);
        this.#add("close", raw);
        return;
      }
      this.#endSegment(start);
    }
    this.#elements.close(element.name);
  }

  #push(raw: string, element = elementOf(raw)): void {
    const { name } = element;
    const parent = this.#elements.innermost;
    if (name === "section") this.#sections += 1;
    const language = raw.includes("lang") ? attributeOf(raw, "lang") : undefined;
    this.#elements.open({
      name,
      role: roleOf(element, parent),
      section: name === "section" ? this.#sections : (parent?.section ?? 0),
      otherLanguage:
        language === undefined
          ? (parent?.otherLanguage ?? false)
          : !isLanguage(language, this.#options.sourceLanguage),
      inTitle: name === "title" || (parent?.inTitle ?? false),
    });
  }

  /** @param tag and parent are left out for text that has no element to itself, or has begun before. */
  #begin(start: number, loose: boolean, tag?: string, parent?: string): void {
    this.#copyTo(start);
    // All in one shape and without spreading: there is one for each paragraph.
    this.#segment = {
      tag,
      parent,
      element: this.#elements.innermost?.name ?? "",
      loose,
      tokens: [],
      length: 0,
      hasText: false,
      edited: false,
    };
  }

  #add(kind: TokenKind, raw: string): void {
    const segment = this.#segment;
    if (segment === undefined) return;
    const last = segment.tokens.at(-1);
    if (kind === "text" && last?.kind === "text") {
      segment.tokens[segment.tokens.length - 1] = { kind, raw: last.raw + raw };
    } else {
      segment.tokens.push({ kind, raw });
    }
    segment.length += raw.length;
    segment.hasText ||= (kind === "text" || kind === "cdata") && VISIBLE.test(raw);
  }

  #addTag(kind: TokenKind, element: FormatElement, raw: string, start: number): void {
    this.#makeRoom(raw, start);
    const tag = this.#withTranslatedAttributes(element, raw);
    this.#add(kind, tag);
    if (this.#segment && tag !== raw) this.#segment.edited = true;
  }

  /** Cuts the segment before a tag for which it has no room. */
  #makeRoom(raw: string, start: number): void {
    const segment = this.#segment;
    if (segment === undefined || segment.length + raw.length <= MAX_SEGMENT_LENGTH) return;
    this.#endSegment(start);
    this.#begin(start, segment.loose);
  }

  #addText(raw: string, start: number): void {
    let rest = raw;
    let from = start;
    while (this.#segment && this.#segment.length + rest.length > MAX_SEGMENT_LENGTH) {
      const { loose, length } = this.#segment;
      const room = MAX_SEGMENT_LENGTH - length;
      const isHighSurrogate = (rest.charCodeAt(room - 1) & 0xfc00) === 0xd800;
      const head = rest.slice(0, isHighSurrogate ? room - 1 : room);
      this.#add("text", head);
      from += head.length;
      rest = rest.slice(head.length);
      this.#endSegment(from);
      this.#begin(from, loose);
    }
    this.#add("text", rest);
  }

  #endSegment(end = this.#seenTo): void {
    const segment = this.#segment;
    if (segment === undefined) return;
    this.#segment = undefined;
    const translated = segment.hasText ? this.#translated(segment) : undefined;
    // What nobody changed leaves with the rest, as it stands in the buffer.
    if (translated === undefined && !segment.edited) return;
    this.#splice(this.#copiedTo, translated ?? originalOf(segment), end);
  }

  #translated(open: OpenSegment): string | undefined {
    let markup: Markup | undefined;
    const read = () => (markup ??= markUp(open.tokens, this.#options.sourceLanguage));
    const kind = this.#kindOf(open.element);
    const segment = this.#segmentOf(kind, open.element, () => read().text);
    const translation = this.#options.onSegment(segment);
    if (translation === undefined) return undefined;
    const { bilingual, sourceLanguage } = this.#options;
    if (bilingual === undefined) return render(read(), translation);
    // A name that is the same in both languages need not be read twice.
    if (translation === segment.text) return undefined;
    const pair = { ...open, markup: read(), original: originalOf(open), translation };
    return bilingualContent(pair, bilingual, sourceLanguage);
  }

  #kindOf(element: string): SegmentKind {
    if (element === "book-title" || element === "keywords") return "metadata";
    if (this.#elements.innermost?.inTitle === true) return "title";
    return element === "v" ? "verse" : "text";
  }

  #segmentOf(kind: SegmentKind, element: string, textOf: () => string): Segment {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    return new PassingSegment(index, kind, element, this.#elements.innermost, textOf);
  }

  #withTranslatedAttributes(element: FormatElement, raw: string): string {
    const { name, translatedAttributes } = element;
    if (translatedAttributes === undefined || this.#elements.innermost?.role === "kept") return raw;
    let tag = raw;
    for (const attribute of translatedAttributes) {
      const value = attributeOf(tag, attribute);
      // A value with "<" could read as a marker; it is no prose either.
      if (value === undefined || !VISIBLE.test(value) || value.includes("<")) continue;
      const segment = this.#segmentOf("attribute", `${name}@${attribute}`, () => value);
      const translation = this.#options.onSegment(segment);
      if (translation === undefined || translation === value) continue;
      const { bilingual } = this.#options;
      const text = bilingual ? bothInOne(value, translation, bilingual) : translation;
      tag = withAttribute(tag, attribute, text);
    }
    return tag;
  }

  #copyTo(end: number): void {
    if (end <= this.#copiedTo) return;
    this.#output += this.#tokenizer.buffer.slice(this.#copiedTo, end);
    this.#copiedTo = end;
  }

  /** Writes `text` in the place of what stands from `start` to `end`. */
  #splice(start: number, text: string, end = start): void {
    this.#copyTo(start);
    this.#output += text;
    this.#copiedTo = Math.max(this.#copiedTo, end);
  }
}

/** The segment as it stands in the book. */
function originalOf({ tokens }: OpenSegment): string {
  return tokens.map(({ raw }) => raw).join("");
}
