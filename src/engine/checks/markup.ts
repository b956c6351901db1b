import { piecesOf, sameMarkers } from "../../book/markers.ts";
import { listed, type Check, type CheckedPair } from "../../language/checks/check.ts";

/** Markers of a text as they are written, in order. */
function markersOf(marked: string): string[] {
  return piecesOf(marked).flatMap((piece) => {
    if ("text" in piece) return [];
    const { number, role } = piece;
    return [role === "open" ? `<${number}>` : role === "close" ? `</${number}>` : `<${number}/>`];
  });
}

/** What `some` has more often than `others`. */
function surplus(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function markerFaults({ source, translation }: CheckedPair): string | undefined {
  if (sameMarkers(source, translation)) return undefined;
  const [expected, found] = [markersOf(source), markersOf(translation)];
  const faults = [
    ["missing", listed(surplus(expected, found))],
    ["too many", listed(surplus(found, expected))],
  ] as const;
  const said = faults.flatMap(([fault, list]) => (list === undefined ? [] : [`${fault} ${list}`]));
  return said.length === 0 ? "not properly nested" : said.join("; ");
}

const LEAKS = [
  /<!\[CDATA\[/u,
  /\]\]>/u,
  /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/iu,
  /<\/?(?:p|v|a|emphasis|strong|sup|sub|cite|poem|stanza|title|section|image|style|em|i|b|br)\b[^<>]*>/iu,
  /\{\{?\d+\}?\}|\[\[\d+\]\]|⟦\d+⟧/u,
];

function markupLeaks({ source, translation }: CheckedPair): string | undefined {
  return listed(
    LEAKS.flatMap((leak) => {
      const found = leak.exec(translation)?.[0];
      return found === undefined || source.includes(found) ? [] : [found];
    }),
  );
}

/** Characters that XML 1.0 does not allow (section 2.2), lone surrogates among them. */
const ILLEGAL = /[\p{Cc}--[\t\n\r\u007f-\u009f]]|[\ufffe\uffff]|\p{Cs}/gv;
/** Allowed, but it stands for a character that was lost. */
const LOST = /\ufffd/gu;

function illegalCharacters({ source, translation }: CheckedPair): string | undefined {
  const found = translation.match(ILLEGAL) ?? [];
  const lost = source.includes("\ufffd") ? [] : (translation.match(LOST) ?? []);
  return listed(
    [...found, ...lost].map((character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `U+${code}`;
    }),
  );
}

/** Inline markup: C20, C22 to C24. These want the texts with their markers. */
export const MARKUP_CHECKS: readonly Check[] = [
  {
    id: "C20",
    severity: "error",
    title: "inline markers differ",
    why: "A lost marker is lost italics, a lost note or a lost link (C22). They may change their order, not their number or nesting.",
    find: markerFaults,
  },
  {
    id: "C23",
    severity: "error",
    title: "markup as text",
    why: "Tags, entities and markers of another kind would be printed in the book. Let pass: what the source has as text.",
    find: markupLeaks,
  },
  {
    id: "C24",
    severity: "error",
    title: "characters that XML does not allow",
    why: "A single one makes the whole book unreadable. The replacement character stands for a lost letter.",
    find: illegalCharacters,
  },
];
