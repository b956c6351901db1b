import type { PlacedMarker } from "../analysis/markers.ts";
import type { RenderedPiece } from "./render.ts";

/** A piece of the translation and where it begins in it. */
interface PlacedPiece extends RenderedPiece {
  readonly offset: number;
}

function placed(pieces: readonly RenderedPiece[]): PlacedPiece[] {
  let offset = 0;
  return pieces.map(({ kind, text, source }) => {
    const piece = { kind, text, source, offset };
    offset += text.length;
    return piece;
  });
}

/**
 * Offset in the translation for a marker. An opening one stands before the word that it stood before,
 * or in; a closing one and an atom behind the word that they stood behind, or in. Between words, a
 * marker keeps its place among the punctuation where that came through unchanged.
 */
function offsetOf({ role, at }: PlacedMarker, pieces: readonly PlacedPiece[]): number | undefined {
  const words = pieces.filter(({ kind }) => kind === "word");
  if (role === "open") {
    const next = words.find(({ source }) => source !== undefined && source.end > at);
    if (next?.source && next.source.start <= at) return next.offset;
  } else {
    const previous = words.findLast(({ source }) => source !== undefined && source.start < at);
    if (previous?.source && previous.source.end >= at)
      return previous.offset + previous.text.length;
  }
  const between = pieces.find(
    ({ kind, source }) =>
      kind === "separator" && source !== undefined && source.start <= at && at <= source.end,
  );
  if (between?.source) return between.offset + at - between.source.start;
  if (role === "open") {
    return words.find(({ source }) => source !== undefined && source.end > at)?.offset;
  }
  const last = words.findLast(({ source }) => source !== undefined && source.start < at);
  return last === undefined ? 0 : last.offset + last.text.length;
}

const textOf = ({ number, role }: PlacedMarker) =>
  role === "atom" ? `<${number}/>` : `<${role === "close" ? "/" : ""}${number}>`;

/**
 * The translation with the markers of its source back in their places. Source words keep their order,
 * so the markers keep theirs, and with it their nesting.
 */
export function withMarkers(
  pieces: readonly RenderedPiece[],
  markers: readonly PlacedMarker[],
): string {
  const text = pieces.map((piece) => piece.text).join("");
  if (markers.length === 0) return text;
  const all = placed(pieces);
  let result = "";
  let copied = 0;
  for (const marker of markers) {
    const offset = Math.max(offsetOf(marker, all) ?? text.length, copied);
    result += text.slice(copied, offset) + textOf(marker);
    copied = offset;
  }
  return result + text.slice(copied);
}
