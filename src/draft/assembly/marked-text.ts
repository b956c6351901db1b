import type { PlacedMarker } from "../analysis/markers.ts";
import type { Sentence } from "../analysis/sentence.ts";
import type { RenderedPiece } from "./render.ts";

/** A piece of the whole translation with the source offsets that it stands for. */
interface Span {
  readonly text: string;
  /** Offsets in the plain source of the word behind it; undefined for separators and clitics. */
  readonly source: { readonly start: number; readonly end: number } | undefined;
}

/** Where the words of the translation came from, in the order of the translation. */
export function spansOf(
  sentences: readonly { readonly sentence: Sentence; readonly pieces: readonly RenderedPiece[] }[],
): Span[] {
  return sentences.flatMap(({ sentence, pieces }) =>
    pieces.map(({ text, word }) => {
      const source = word === undefined ? undefined : sentence.words[word];
      if (source === undefined) return { text, source: undefined };
      return { text, source: { start: source.start, end: source.start + source.text.length } };
    }),
  );
}

interface WordAt {
  readonly start: number;
  readonly end: number;
  readonly targetStart: number;
  readonly targetEnd: number;
}

function wordsOf(spans: readonly Span[]): WordAt[] {
  const words: WordAt[] = [];
  let offset = 0;
  for (const { text, source } of spans) {
    const end = offset + text.length;
    if (source) words.push({ ...source, targetStart: offset, targetEnd: end });
    offset = end;
  }
  return words;
}

/**
 * Offset in the translation for a marker. An opening one stands before the first word that began at
 * or after its place, or had it inside; a closing one and an atom behind the last word that ended
 * there or before. Source words keep their order, so markers keep their nesting.
 */
function offsetOf({ role, at }: PlacedMarker, words: readonly WordAt[], length: number): number {
  if (role === "open") {
    const next = words.find(({ end }) => end > at);
    return next?.targetStart ?? length;
  }
  const previous = words.findLast(({ start }) => start < at);
  return previous?.targetEnd ?? 0;
}

const textOf = ({ number, role }: PlacedMarker) =>
  role === "atom" ? `<${number}/>` : `<${role === "close" ? "/" : ""}${number}>`;

/** The translation with the markers of its source back in their places, properly nested. */
export function withMarkers(spans: readonly Span[], markers: readonly PlacedMarker[]): string {
  const text = spans.map((span) => span.text).join("");
  if (markers.length === 0) return text;
  const words = wordsOf(spans);
  let result = "";
  let copied = 0;
  for (const marker of markers) {
    const offset = Math.max(offsetOf(marker, words, text.length), copied);
    result += text.slice(copied, offset) + textOf(marker);
    copied = offset;
  }
  return result + text.slice(copied);
}
