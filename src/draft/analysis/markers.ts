import { piecesOf } from "../../book/markers.ts";

/** An inline marker and where it stood among the plain text. */
export interface PlacedMarker {
  readonly number: number;
  readonly role: "open" | "close" | "atom";
  /** Offset in the text without markers. */
  readonly at: number;
}

/** Takes the markers out of a segment's text and remembers their places. */
export function takeMarkers(marked: string): {
  readonly plain: string;
  readonly markers: readonly PlacedMarker[];
} {
  let plain = "";
  const markers: PlacedMarker[] = [];
  for (const piece of piecesOf(marked)) {
    if ("text" in piece) plain += piece.text;
    else markers.push({ ...piece, at: plain.length });
  }
  return { plain, markers };
}
