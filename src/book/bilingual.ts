import { escapeAttribute, escapeText } from "./entities.ts";
import { elementNameOf } from "./elements.ts";
import { piecesOf } from "./markers.ts";
import { render, type Mark, type Markup } from "./markup.ts";
import { attributeOf, prefixOf, rawNameOf, withoutIds } from "./tag.ts";

/** Which language stands first where a book holds both. */
export type BilingualOrder = "original-first" | "translation-first";

/** A segment in its place. */
export interface PlacedSegment {
  /** Its element, by the name that the format gives it. */
  readonly element: string;
  /** The opening tag of its element; nothing for text that has none to itself. */
  readonly tag: string | undefined;
  /** Name of the element around its element. */
  readonly parent: string | undefined;
}

/** A segment with both texts. */
export interface SegmentPair extends PlacedSegment {
  readonly markup: Markup;
  /** As it stands in the book. */
  readonly original: string;
  /** With the markers of `markup`. */
  readonly translation: string;
}

const REPEATED = new Set(["p", "v", "subtitle", "text-author"]);
const STYLED = new Set([...REPEATED, "td", "th"]);

/** Both texts where there is place for one. */
export function bothInOne(original: string, translation: string, order: BilingualOrder): string {
  const both = [original, translation];
  return (order === "original-first" ? both : both.reverse()).join(" / ");
}

/**
 * What stands in the place of a segment in a book with both languages: one text, the end of the
 * paragraph, a second paragraph with the other text. Where the format allows one element only
 * (table cells, the title of the book, a subtitle of a stanza), both share it with a slash between.
 *
 * The original is in a `style` with the name `original` and its language where the format allows
 * that. Ids, references to notes and pictures stand in the first of the two texts only.
 */
export function bilingualContent(
  pair: SegmentPair,
  order: BilingualOrder,
  originalLanguage: string,
): string {
  const { markup, original, translation, tag, element } = pair;
  // A tag without its partner leads out of the paragraph: there is no cutting between such tags.
  const isWhole = !markup.marks.some((mark) => "atom" in mark && mark.isLone);
  const styled = (text: string) =>
    tag !== undefined && STYLED.has(element)
      ? inStyle(text, prefixOf(tag), originalLanguage)
      : text;
  const [first, second] =
    order === "original-first"
      ? [isWhole ? styled(original) : original, secondText(markup, translation)]
      : [render(markup, translation), styled(secondText(markup, markup.text))];
  if (tag === undefined || !isWhole || !mayRepeat(pair)) return `${first} / ${second}`;
  return `${first}</${rawNameOf(tag)}>${withoutIds(tag)}${second}`;
}

/** A stanza has one subtitle at most. */
function mayRepeat({ element, parent }: PlacedSegment): boolean {
  return REPEATED.has(element) && !(element === "subtitle" && parent === "stanza");
}

function inStyle(text: string, prefix: string, language: string): string {
  const tag = `${prefix}style`;
  return `<${tag} name="original" xml:lang="${escapeAttribute(language)}">${text}</${tag}>`;
}

/** The text without what may stand only once. */
function secondText({ marks }: Markup, marked: string): string {
  return piecesOf(marked)
    .map((piece) => {
      if ("text" in piece) return escapeText(piece.text);
      const mark = marks[piece.number - 1];
      if (mark === undefined) return "";
      if ("atom" in mark) return isRepeatable(mark) ? withoutIds(mark.atom) : "";
      return piece.role === "open" ? withoutIds(mark.open) : mark.close;
    })
    .join("");
}

/** Tags inside what is kept as it is. */
const TAG = /<[^<>]+>/g;

function isRepeatable({ atom, isLone }: Extract<Mark, { readonly atom: string }>): boolean {
  if (isLone || /^<[!?]/.test(atom)) return false;
  return (atom.match(TAG) ?? []).every((tag) => {
    const name = elementNameOf(tag);
    return name !== "image" && !(name === "a" && attributeOf(tag, "type") === "note");
  });
}
