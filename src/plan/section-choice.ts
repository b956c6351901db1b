import { FbtrError } from "../base/errors.ts";
import type { BookSection } from "../book/sections.ts";
import { editsBetween } from "../config/spelling.ts";

/** What stands outside of all sections: the title of the book, its annotation. */
const OUTSIDE = 0;

const NUMBERS = /^(\d+)(?:\s*[-–]\s*(\d+))?$/;
const NEAREST = 3;

/**
 * Numbers of the sections that a user means, in ascending order, with all that stands inside them.
 *
 * @param wishes each one a number or a range as `fbtr inspect` prints them, the name of a body such
 *   as `notes`, or the beginning of a title; `0` is what stands outside of sections.
 * @throws FbtrError USAGE_INVALID for one that means nothing; the message names the nearest.
 */
export function chooseSections(
  wishes: readonly string[],
  sections: readonly BookSection[],
): number[] {
  const chosen = new Set<number>();
  for (const wish of wishes) {
    for (const number of numbersOf(wish, sections)) {
      for (const inside of withSubsections(number, sections)) chosen.add(inside);
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

function numbersOf(wish: string, sections: readonly BookSection[]): number[] {
  const range = NUMBERS.exec(wish);
  if (range) {
    const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
    const found = [OUTSIDE, ...sections.map(({ number }) => number)].filter(
      (number) => number >= first && number <= last,
    );
    if (found.length > 0) return found;
    throw noSection(wish, `The last one is ${titled(sections.at(-1))}.`);
  }
  const found = sectionsNamed(wish, sections);
  if (found.length > 0) return found.map(({ number }) => number);
  const nearest = nearestSections(wish, sections).map(titled).join(", ");
  throw noSection(wish, nearest === "" ? "See `fbtr inspect`." : `Nearest: ${nearest}.`);
}

/** The sections of a body of that name, else those with a title that begins so. */
function sectionsNamed(wish: string, sections: readonly BookSection[]): readonly BookSection[] {
  const name = folded(wish);
  const inBody = sections.filter(({ body }) => body?.toLowerCase() === name);
  if (inBody.length > 0) return inBody;
  const beginning = sections.filter(({ title }) => folded(title).startsWith(name));
  // "Глава 1" is not meant to be "Глава 10" where there is a "Глава 1".
  const whole = beginning.filter(({ title }) => !/^[\p{L}\p{N}]/u.test(title.slice(name.length)));
  return whole.length > 0 ? whole : beginning;
}

function nearestSections(wish: string, sections: readonly BookSection[]): readonly BookSection[] {
  const name = folded(wish);
  const distanceOf = ({ title }: BookSection) =>
    editsBetween(name, folded(title).slice(0, name.length));
  return sections
    .filter(({ title }) => title !== "")
    .map((section) => ({ section, distance: distanceOf(section) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST)
    .map(({ section }) => section);
}

/** The section and those after it that stand deeper: they are inside. */
function withSubsections(number: number, sections: readonly BookSection[]): number[] {
  const at = sections.findIndex((section) => section.number === number);
  const section = sections[at];
  if (section === undefined) return [number];
  const after = sections.slice(at + 1);
  const next = after.findIndex(({ depth }) => depth <= section.depth);
  const inside = next < 0 ? after : after.slice(0, next);
  return [number, ...inside.map((inner) => inner.number)];
}

function folded(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim().toLowerCase();
}

function titled(section: BookSection | undefined): string {
  if (section === undefined) return "none: the book has no sections";
  return section.title === "" ? `${section.number}` : `${section.number} “${section.title}”`;
}

function noSection(wish: string, hint: string): FbtrError {
  return new FbtrError("USAGE_INVALID", `the book has no section ${wish}`, { hint });
}
