/** Pieces of a manual page in the `man` macros of roff, see groff_man(7). */

/** Every character as itself, whatever it means to roff. */
export function escaped(text: string): string {
  const roff = text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replaceAll(/[^\p{ASCII}]/gu, unicodeEscape);
  return roff.startsWith(".") ? `\\&${roff}` : roff;
}

/** groff knows a letter with an accent by its parts. */
function unicodeEscape(character: string): string {
  const parts = Array.from(character.normalize("NFD"), (part) =>
    (part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0"),
  );
  return `\\[u${parts.join("_")}]`;
}

/** Prose in which `backticks` mean bold, as one line; roff breaks it. */
export function prose(text: string): string {
  const parts = text.split("`");
  return parts.map((part, index) => (index % 2 === 1 ? bold(part) : escaped(part))).join("");
}

export const bold = (text: string) => (text === "" ? "" : `\\fB${escaped(text)}\\fR`);

/** A term, and what it means indented below. */
export const item = (term: string, meaning: string) => `.TP\n${term}\n${meaning}`;

/** Lines that stay as they are. */
export function verbatim(lines: readonly string[]): string {
  return [".PP", ".RS 4", ".nf", ...lines.map(escaped), ".fi", ".RE"].join("\n");
}

export interface PageSection {
  readonly title: string;
  /** Roff, its parts in order. None if there is nothing to say: then there is no section. */
  readonly parts: readonly string[];
}

export interface Page {
  /** As the user asks for it: `fbtr-translate`. */
  readonly name: string;
  /** Section of the manual, 1 or 5. */
  readonly chapter: number;
  readonly version: string;
  readonly sections: readonly PageSection[];
}

/** Fixed, so that the same sources make the same page. */
const DATE = "2026\\-11\\-24";

/** Aligned left and without hyphens: keys and paths cannot be broken. */
const HEAD = [".nh", ".ad l"];

export function pageText({ name, chapter, version, sections }: Page): string {
  const title = `.TH ${escaped(name.toUpperCase())} ${chapter} ${DATE} "fbtr ${version}" "fbtr manual"`;
  const lines = sections
    .filter(({ parts }) => parts.length > 0)
    .flatMap((section) => [`.SH "${section.title}"`].concat(section.parts));
  return `${[title, ...HEAD, ...lines].join("\n")}\n`;
}
