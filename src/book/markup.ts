import { characterOf, ENTITY, escapeText } from "./entities.ts";
import { MARKER_LIKE, piecesOf, sameMarkers } from "./markers.ts";
import { attributeOf, localNameOf } from "./tag.ts";
import type { TokenKind } from "./tokenizer.ts";

/** A token inside a segment, as it stands in the book. */
export interface RawToken {
  readonly kind: TokenKind;
  readonly raw: string;
}

/** A marker's stand-in: a pair of tags around text, or something that is kept as it is. */
type Mark = { readonly open: string; readonly close: string } | { readonly atom: string };

/** The text of a segment with markers, and what the markers stand for. */
export interface Markup {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A note reference longer than this is prose inside a link. */
const MAX_NOTE_REFERENCE = 12;

const LETTER = /\p{L}/u;

/** Pairs of opening and closing tags by place; tags without a partner are in no pair. */
function pairsOf(tokens: readonly RawToken[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: { readonly name: string; readonly at: number }[] = [];
  tokens.forEach((token, at) => {
    if (token.kind === "open") open.push({ name: localNameOf(token.raw), at });
    if (token.kind !== "close") return;
    const name = localNameOf(token.raw);
    const from = open.findLastIndex((tag) => tag.name === name);
    const partner = open[from];
    if (partner === undefined) return;
    open.length = from;
    partners.set(partner.at, at);
    partners.set(at, partner.at);
  });
  return partners;
}

/** Whether the pair is kept whole: code, note references, other languages, nothing to read. */
function isAtomicPair(open: RawToken, inner: readonly RawToken[], sourceLanguage: string): boolean {
  const name = localNameOf(open.raw);
  const content = inner
    .filter(({ kind }) => kind === "text" || kind === "cdata")
    .map(({ raw }) => raw)
    .join("");
  if (name === "code" || !LETTER.test(content.replaceAll(ENTITY, ""))) return true;
  if (name === "a" && attributeOf(open.raw, "type") === "note") {
    return content.length < MAX_NOTE_REFERENCE;
  }
  const language = attributeOf(open.raw, "lang");
  return language !== undefined && !isLanguage(language, sourceLanguage);
}

/** Whether the language tag (`ru`, `ru-RU`, `RU`) names this language (RFC 5646, primary subtag). */
export function isLanguage(tag: string, language: string): boolean {
  return tag.trim().split(/[-_]/)[0]?.toLowerCase() === language;
}

class MarkupBuilder {
  #text = "";
  readonly #marks: Mark[] = [];

  get markup(): Markup {
    return { text: this.#text, marks: this.#marks };
  }

  atom(raw: string): void {
    this.#marks.push({ atom: raw });
    this.#text += `<${this.#marks.length}/>`;
  }

  /** Opens a pair; the returned function closes it. */
  pair(open: string, close: string): () => void {
    const number = this.#marks.push({ open, close });
    this.#text += `<${number}>`;
    return () => {
      this.#text += `</${number}>`;
    };
  }

  plain(text: string): void {
    this.#text += text;
  }

  /** Text of the book: entities are resolved, those that nobody knows become atoms. */
  encoded(raw: string): void {
    let last = 0;
    for (const match of raw.matchAll(ENTITY)) {
      this.#guarded(raw.slice(last, match.index));
      last = match.index + match[0].length;
      const character = characterOf(match);
      const looksLikeMarker = character === "<" && /^\/?\d/.test(raw.slice(last));
      if (character === undefined || looksLikeMarker) this.atom(match[0]);
      else this.plain(character);
    }
    this.#guarded(raw.slice(last));
  }

  /** A literal `<` that would read as a marker becomes an atom. */
  #guarded(text: string): void {
    let last = 0;
    for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
      if (!MARKER_LIKE.test(text.slice(at, at + 10))) continue;
      this.plain(text.slice(last, at));
      this.atom(escapeText("<"));
      last = at + 1;
    }
    this.plain(text.slice(last));
  }
}

/** Turns the tokens of a segment into text with numbered markers. */
export function markUp(tokens: readonly RawToken[], sourceLanguage: string): Markup {
  const partners = pairsOf(tokens);
  const builder = new MarkupBuilder();
  const closers = new Map<number, () => void>();
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const partner = partners.get(at);
    if (token.kind === "text") builder.encoded(token.raw);
    else if (token.kind === "cdata") builder.encoded(escapeText(token.raw.slice(9, -3)));
    else if (partner === undefined) builder.atom(token.raw);
    else if (token.kind === "close") closers.get(at)?.();
    else {
      const inner = tokens.slice(at + 1, partner);
      const close = tokens[partner]?.raw ?? "";
      if (isAtomicPair(token, inner, sourceLanguage)) {
        builder.atom([token.raw, ...inner.map(({ raw }) => raw), close].join(""));
        at = partner;
      } else {
        closers.set(partner, builder.pair(token.raw, close));
      }
    }
  }
  return builder.markup;
}

/**
 * Puts the tags back into a translation.
 *
 * @throws Error (a bug of the caller) if the markers are not exactly those of the source.
 */
export function render(markup: Markup, translation: string): string {
  if (!sameMarkers(markup.text, translation)) {
    throw new Error(`The markers of "${translation}" are not those of "${markup.text}"`);
  }
  return piecesOf(translation)
    .map((piece) => {
      if ("text" in piece) return escapeText(piece.text);
      const mark = markup.marks[piece.number - 1];
      if (mark === undefined) return "";
      if ("atom" in mark) return mark.atom;
      return piece.role === "open" ? mark.open : mark.close;
    })
    .join("");
}
