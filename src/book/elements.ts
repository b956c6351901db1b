import { localNameOf } from "./tag.ts";

/**
 * What an element means to a translator (FB2.md, "What is translated"):
 * - `segment`: its text is one segment;
 * - `container`: holds other elements; text that strays into it is a segment of its own;
 * - `inline`: marks up words inside a segment;
 * - `kept`: nothing inside is translated;
 * - `bare`: its own text is kept, its children are looked at.
 */
export type ElementRole = "segment" | "container" | "inline" | "kept" | "bare";

const ELEMENTS_BY_ROLE: Record<ElementRole, string> = {
  segment: "p v subtitle text-author td th book-title keywords",
  container: `section title annotation epigraph cite poem stanza body table tr li ul ol div
    blockquote h1 h2 h3 h4 h5 h6 pre center tbody thead`,
  inline: `emphasis strong style a sub sup strikethrough code image
    b i u em s span font small big tt br`,
  kept: `binary stylesheet publish-info custom-info src-title-info document-info output
    coverpage author translator genre lang src-lang`,
  bare: "FictionBook description title-info sequence empty-line date",
};

/** Attributes that a reader sees, by element. */
const TRANSLATED_ATTRIBUTES = new Map<string, readonly string[]>([
  ["image", ["alt", "title"]],
  ["sequence", ["name"]],
]);

/** An element by the name that the format gives it. */
export interface FormatElement {
  readonly name: string;
  /** Nothing: the format does not know this element. */
  readonly role: ElementRole | undefined;
  readonly translatedAttributes: readonly string[] | undefined;
}

const ELEMENTS = new Map<string, FormatElement>(
  Object.entries(ELEMENTS_BY_ROLE).flatMap(([role, names]) =>
    names.split(/\s+/).map((name) => [name, formatElement(name, role as ElementRole)] as const),
  ),
);

function formatElement(name: string, role?: ElementRole): FormatElement {
  return { name, role, translatedAttributes: TRANSLATED_ATTRIBUTES.get(name) };
}

/** Parents in which a date is prose, such as the place and day below a poem. */
const DATED = new Set(["poem", "cite", "stanza"]);

/**
 * The element of a tag: real files have TABLE, BR and Emphasis too. Names that the format does not
 * know stay as they are.
 */
export function elementOf(tag: string): FormatElement {
  const name = localNameOf(tag);
  return ELEMENTS.get(name) ?? ELEMENTS.get(name.toLowerCase()) ?? formatElement(name);
}

/** The name of the element of a tag, see `elementOf`. */
export function elementNameOf(tag: string): string {
  return elementOf(tag).name;
}

/**
 * The role of an element inside `parent`. An element that the format does not know is a container
 * inside a container, and inline inside a segment.
 */
export function roleOf(
  element: FormatElement,
  parent: { readonly name: string; readonly role: ElementRole } | undefined,
): ElementRole {
  // What is kept is kept to its last descendant.
  if (parent?.role === "kept") return "kept";
  if (element.name === "date" && parent !== undefined && DATED.has(parent.name)) return "segment";
  if (element.role !== undefined) return element.role;
  return parent?.role === "segment" ? "inline" : (parent?.role ?? "bare");
}
