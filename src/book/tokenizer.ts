/** `opaque` is a comment, a processing instruction, an XML declaration or a DOCTYPE. */
export type TokenKind = "text" | "open" | "close" | "empty" | "cdata" | "opaque";

/** Who listens to the tokens. Positions are places in the tokenizer's `buffer`. */
export interface TokenSink {
  token(kind: TokenKind, start: number, end: number): void;
  /** The first position that is still needed; everything before it may be forgotten. */
  neededFrom(): number;
  /** The first `count` characters of the buffer have been forgotten: positions move by that. */
  moved(count: number): void;
}

/** A tag longer than this is not a tag: its `<` is text. */
const MAX_TAG_LENGTH = 65_536;

/** Nor is a comment or CDATA section longer than this one: nobody closed it (characters). */
const MAX_SPECIAL_LENGTH = 16_777_216;

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const SLASH = 0x2f;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

const SPECIALS = [
  { begin: "<!--", end: "-->", kind: "opaque" },
  { begin: "<![CDATA[", end: "]]>", kind: "cdata" },
  { begin: "<!DOCTYPE", end: ">", kind: "opaque" },
] as const;

function isNameStart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x3a ||
    code >= 0xc0
  );
}

const NEED_MORE = -1;
const NOT_A_TAG = -2;

/**
 * Cuts FB2 text into tokens that cover it without a gap, whatever is wrong with it. Text may
 * arrive in pieces of any size; a run of text may be told in several tokens, everything else in
 * one. Rules for damaged files are those of FB2.md, "Recovery rules that real files need".
 */
export class Tokenizer {
  buffer = "";
  readonly #sink: TokenSink;
  readonly #maxSpecialLength: number;
  #position = 0;
  /** Where to go on looking for the end of an unfinished comment or CDATA section. */
  #searchFrom = 0;

  constructor(sink: TokenSink, maxSpecialLength = MAX_SPECIAL_LENGTH) {
    this.#sink = sink;
    this.#maxSpecialLength = maxSpecialLength;
  }

  write(text: string): void {
    this.buffer = this.buffer.length === 0 ? text : this.buffer + text;
    this.#run(false);
    this.#forget();
  }

  end(): void {
    this.#run(true);
  }

  #run(last: boolean): void {
    const { buffer } = this;
    for (;;) {
      const start = buffer.indexOf("<", this.#position);
      const textEnd = start < 0 ? buffer.length : start;
      this.#emit("text", textEnd);
      if (start < 0) return;
      if (!this.#markup(start, last)) return;
    }
  }

  /** Reads what begins with the `<` at `start`; false when more text has to come first. */
  #markup(start: number, last: boolean): boolean {
    const { buffer } = this;
    const next = buffer.charCodeAt(start + 1);
    const nameAt = next === SLASH ? start + 2 : start + 1;
    if (isNameStart(buffer.charCodeAt(nameAt))) return this.#tag(start, next === SLASH, last);
    if (!last && buffer.length - start < SPECIALS[1].begin.length) return false;
    if (next === QUESTION && isNameStart(buffer.charCodeAt(start + 2))) {
      return this.#special("opaque", start + 2, "?>", last);
    }
    const special = next === EXCLAMATION && SPECIALS.find((s) => buffer.startsWith(s.begin, start));
    if (special) {
      return this.#special(special.kind, start + special.begin.length, special.end, last);
    }
    this.#emit("text", start + 1);
    return true;
  }

  #tag(start: number, closing: boolean, last: boolean): boolean {
    const end = this.#tagEnd(start, last);
    if (end === NEED_MORE) return false;
    if (end === NOT_A_TAG) {
      this.#emit("text", start + 1);
    } else {
      const empty = this.buffer.charCodeAt(end - 1) === SLASH;
      this.#emit(closing ? "close" : empty ? "empty" : "open", end + 1);
    }
    return true;
  }

  /**
   * Place of the `>` of the tag at `start`. A `<` before it means that this was no tag, unless a
   * quotation mark that nobody closed hides the end: then the first `>` ends the tag after all.
   */
  #tagEnd(start: number, last: boolean): number {
    const { buffer } = this;
    const limit = Math.min(buffer.length, start + MAX_TAG_LENGTH);
    let quote = 0;
    let quotedEnd = NOT_A_TAG;
    for (let at = start + 1; at < limit; at += 1) {
      const code = buffer.charCodeAt(at);
      if (code === LESS_THAN) return quotedEnd;
      if (code === GREATER_THAN) {
        if (quote === 0) return at;
        if (quotedEnd === NOT_A_TAG) quotedEnd = at;
      } else if (quote !== 0) {
        if (code === quote) quote = 0;
      } else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
        quote = code;
      }
    }
    if (!last && limit === buffer.length && limit - start < MAX_TAG_LENGTH) return NEED_MORE;
    return quotedEnd;
  }

  /** A comment and the like; one that does not end within its bounds is text. */
  #special(kind: TokenKind, contentStart: number, terminator: string, last: boolean): boolean {
    const from = Math.max(contentStart, this.#searchFrom);
    const found = this.buffer.indexOf(terminator, from);
    const length = (found < 0 ? this.buffer.length : found) - this.#position;
    // A terminator that has come in part begins at most so far before the end of the buffer.
    if (found < 0 && !last && length < this.#maxSpecialLength + terminator.length) {
      this.#searchFrom = Math.max(contentStart, this.buffer.length - terminator.length);
      return false;
    }
    this.#searchFrom = 0;
    if (length >= this.#maxSpecialLength) this.#emit("text", this.#position + 1);
    else this.#emit(kind, found < 0 ? this.buffer.length : found + terminator.length);
    return true;
  }

  #emit(kind: TokenKind, end: number): void {
    const start = this.#position;
    if (end <= start) return;
    this.#position = end;
    this.#sink.token(kind, start, end);
  }

  #forget(): void {
    const count = Math.min(this.#position, this.#sink.neededFrom());
    if (count <= 0) return;
    this.buffer = this.buffer.slice(count);
    this.#position -= count;
    this.#searchFrom = Math.max(0, this.#searchFrom - count);
    this.#sink.moved(count);
  }
}

/** Tells tokens one by one to a listener that needs none of them afterwards. */
export class TokenReader implements TokenSink {
  readonly #tokenizer = new Tokenizer(this);
  readonly #take: (kind: TokenKind, raw: () => string) => void;
  #seenTo = 0;

  /** @param take gets each token, and its text if it asks before it returns. */
  constructor(take: (kind: TokenKind, raw: () => string) => void) {
    this.#take = take;
  }

  write(text: string): void {
    this.#tokenizer.write(text);
  }

  end(): void {
    this.#tokenizer.end();
  }

  neededFrom(): number {
    return this.#seenTo;
  }

  moved(count: number): void {
    this.#seenTo -= count;
  }

  token(kind: TokenKind, start: number, end: number): void {
    this.#seenTo = end;
    this.#take(kind, () => this.#tokenizer.buffer.slice(start, end));
  }
}
