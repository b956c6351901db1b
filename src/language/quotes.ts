/** Marks that Russian typography uses, straight and English ones included. */
const OPENING_MARK = /[„]/gu;
const CLOSING_MARK = /["“”]/gu;

/**
 * A mark whose side only its neighbours tell: it opens after a space, a dash, a bracket or another
 * opening mark. Inline markers such as `<1>` have no width and are looked through.
 */
const OPENING_BY_NEIGHBOURS = /(?<=(?:^|[\s([—–«„])(?:<[^<>]*>)*)["“](?=\S)/gu;

const GUILLEMET = /[«»]/gu;

/** Outer and inner pair of Serbian quotation marks (Pravopis, 2010). */
const OUTER = { open: "„", close: "“" };
const INNER = { open: "’", close: "’" };

/**
 * Sets the quotation marks of a text the Serbian way: „…“ outside, ’…’ inside. A mark without its
 * partner keeps its side, because speech may run on over several paragraphs. Apostrophes stay.
 */
export function serbianQuotes(text: string): string {
  let depth = 0;
  return withGuillemets(text).replace(GUILLEMET, (mark) => {
    if (mark === "«") {
      depth += 1;
      return depth === 1 ? OUTER.open : INNER.open;
    }
    const close = depth > 1 ? INNER.close : OUTER.close;
    depth = Math.max(0, depth - 1);
    return close;
  });
}

/** Writes every kind of quotation mark as « or », so that only nesting is left to decide. */
function withGuillemets(text: string): string {
  return text
    .replace(OPENING_BY_NEIGHBOURS, "«")
    .replace(OPENING_MARK, "«")
    .replace(CLOSING_MARK, "»");
}
