/** A marker in the text of a segment: `<3>` opens, `</3>` closes, `<3/>` stands for a thing. */
const MARKER = /<(\/?)(\d{1,6})(\/?)>/g;

/** What could be taken for a marker if it were handed out as text. */
export const MARKER_LIKE = /^<\/?\d{1,6}\/?>/;

/** A piece of marked-up text: either plain text or one marker. */
export type MarkedPiece =
  | { readonly text: string }
  | { readonly number: number; readonly role: "open" | "close" | "atom" };

/** Cuts marked-up text into text and markers, in order. */
export function piecesOf(marked: string): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let last = 0;
  for (const match of marked.matchAll(MARKER)) {
    if (match.index > last) pieces.push({ text: marked.slice(last, match.index) });
    const role = match[1] ? "close" : match[3] ? "atom" : "open";
    pieces.push({ number: Number(match[2]), role });
    last = match.index + match[0].length;
  }
  if (last < marked.length) pieces.push({ text: marked.slice(last) });
  return pieces;
}

/** The text without its markers. */
export function withoutMarkers(marked: string): string {
  return marked.includes("<") ? marked.replaceAll(MARKER, "") : marked;
}

/** The markers in a fixed order, or undefined if they are not properly nested. */
function inventoryOf(marked: string): string | undefined {
  const open: number[] = [];
  const all: string[] = [];
  for (const piece of piecesOf(marked)) {
    if ("text" in piece) continue;
    if (piece.role === "open") open.push(piece.number);
    if (piece.role === "close" && open.pop() !== piece.number) return undefined;
    all.push(`${piece.role}${piece.number}`);
  }
  return open.length > 0 ? undefined : all.sort().join(" ");
}

/** Whether `translation` has exactly the markers of `source`, properly nested, in any order. */
export function sameMarkers(source: string, translation: string): boolean {
  if (!source.includes("<") && !translation.includes("<")) return true;
  const expected = inventoryOf(source);
  return expected !== undefined && expected === inventoryOf(translation);
}
