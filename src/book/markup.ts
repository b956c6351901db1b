import { elementNameOf } from "./elements.ts";
import { characterOf, ENTITY, escapeText } from "./entities.ts";
import { MARKER_LIKE, piecesOf, sameMarkers } from "./markers.ts";
import { OpenTags } from "./open-tags.ts";
import { attributeOf } from "./tag.ts";
import type { TokenKind } from "./tokenizer.ts";

/** A token inside a segment, as it stands in the book. */
export interface RawToken {
  readonly kind: TokenKind;
  readonly raw: string;
}

/** A marker's stand-in: a pair of tags around text, or something that is kept as it is. */
export type Mark =
  | { readonly open: string; readonly close: string }
  /** `isLone`: a tag without its partner. */
  | { readonly atom: string; readonly isLone: boolean };

/** The text of a segment with markers, and what the markers stand for. */
export interface Markup {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A note reference longer than this is prose inside a link. */
const MAX_NOTE_REFERENCE = 12;

const LETTER = /\p{L}/u;
const CDATA_OPEN = /^<!\[CDATA\[/;

/** Pairs of opening and closing tags by place; tags without a partner are in no pair. */
function pairsOf(tokens: readonly RawToken[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open = new OpenTags<{ readonly name: string; readonly at: number }>();
  tokens.forEach(({ kind, raw }, at) => {
    if (kind === "open") open.open({ name: elementNameOf(raw), at });
    if (kind !== "close") return;
    const partner = open.close(elementNameOf(raw));
    if (partner === undefined) return;
    partners.set(partner.at, at);
    partners.set(at, partner.at);
  });
  return partners;
}

/** What stands before each token, and last before the end: characters, and pieces with letters. */
function sumsOf(tokens: readonly RawToken[]): { characters: number[]; lettered: number[] } {
  const characters = [0];
  const lettered = [0];
  tokens.forEach(({ kind, raw }, at) => {
    const isText = kind === "text" || kind === "cdata";
    const hasLetter = isText && LETTER.test(raw.replaceAll(ENTITY, "").replace(CDATA_OPEN, ""));
    characters.push((characters[at] ?? 0) + (isText ? raw.length : 0));
    lettered.push((lettered[at] ?? 0) + (hasLetter ? 1 : 0));
  });
  return { characters, lettered };
}

/** Whether the pair is kept whole: code, note references, other languages, nothing to read. */
function isAtomicPair(
  open: string,
  content: { readonly characters: number; readonly hasLetters: boolean },
  sourceLanguage: string,
): boolean {
  const name = elementNameOf(open);
  if (name === "code" || !content.hasLetters) return true;
  if (name === "a" && attributeOf(open, "type") === "note") {
    return content.characters < MAX_NOTE_REFERENCE;
  }
  const language = attributeOf(open, "lang");
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

  atom(raw: string, isLone = false): void {
    this.#marks.push({ atom: raw, isLone });
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
  const { characters, lettered } = sumsOf(partners.size > 0 ? tokens : []);
  const between = (sums: readonly number[], from: number, to: number) =>
    (sums[to] ?? 0) - (sums[from] ?? 0);
  const builder = new MarkupBuilder();
  const closers = new Map<number, () => void>();
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const partner = partners.get(at);
    if (token.kind === "text") builder.encoded(token.raw);
    else if (token.kind === "cdata") builder.encoded(escapeText(token.raw.slice(9, -3)));
    else if (partner === undefined) {
      builder.atom(token.raw, token.kind === "open" || token.kind === "close");
    } else if (token.kind === "close") closers.get(at)?.();
    else {
      const content = {
        characters: between(characters, at, partner),
        hasLetters: between(lettered, at, partner) > 0,
      };
      if (isAtomicPair(token.raw, content, sourceLanguage)) {
        builder.atom(
          tokens
            .slice(at, partner + 1)
            .map(({ raw }) => raw)
            .join(""),
        );
        at = partner;
      } else {
        closers.set(partner, builder.pair(token.raw, tokens[partner]?.raw ?? ""));
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
