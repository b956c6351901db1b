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

const ROLES = new Map<string, ElementRole>(
  Object.entries(ELEMENTS_BY_ROLE).flatMap(([role, names]) =>
    names.split(/\s+/).map((name) => [name, role as ElementRole] as const),
  ),
);

/** Parents in which a date is prose, such as the place and day below a poem. */
const DATED = new Set(["poem", "cite", "stanza"]);

/**
 * The name that the format gives to an element: real files have TABLE, BR and Emphasis too. Names
 * that it does not know stay as they are.
 */
export function elementNameOf(tag: string): string {
  const name = localNameOf(tag);
  if (ROLES.has(name)) return name;
  const lower = name.toLowerCase();
  return ROLES.has(lower) ? lower : name;
}

/**
 * The role of the element `name` (see `elementNameOf`) inside `parent`. An element that the format
 * does not know is a container inside a container, and inline inside a segment.
 */
export function roleOf(
  name: string,
  parent: { readonly name: string; readonly role: ElementRole } | undefined,
): ElementRole {
  // What is kept is kept to its last descendant.
  if (parent?.role === "kept") return "kept";
  if (name === "date" && parent !== undefined && DATED.has(parent.name)) return "segment";
  const role = ROLES.get(name);
  if (role !== undefined) return role;
  return parent?.role === "segment" ? "inline" : (parent?.role ?? "bare");
}

/** Attributes that a reader sees, by element. */
export const TRANSLATED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  image: ["alt", "title"],
  sequence: ["name"],
};
