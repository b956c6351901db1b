import { piecesOf, withoutMarkers } from "../../book/markers.ts";

/** Where a marker stands among the words of a text: before word `at`, counted from 0. */
interface Place {
  readonly marker: string;
  readonly role: "open" | "close" | "atom";
  readonly at: number;
}

const WORD = /\S+/gu;

function placesIn(marked: string): { readonly places: readonly Place[]; readonly words: number } {
  const places: Place[] = [];
  let before = "";
  for (const piece of piecesOf(marked)) {
    if ("text" in piece) {
      before += piece.text;
      continue;
    }
    const { number, role } = piece;
    const words = before.match(WORD)?.length ?? 0;
    // A marker that follows a word without a space closes it; the word counts as passed.
    const at = role === "open" && /\S$/u.test(before) ? words - 1 : words;
    const marker = role === "atom" ? `<${number}/>` : `<${role === "close" ? "/" : ""}${number}>`;
    places.push({ marker, role, at });
  }
  return { places, words: before.match(WORD)?.length ?? 0 };
}

/**
 * Puts the markers of `source` into a translation that was made without them: each at the same share
 * of the words. The order of the markers stays, so they stay properly nested. The last resort where
 * a model loses markers again and again: a mark may stand a word too early or too late, but nothing
 * is lost.
 *
 * @param translation without markers.
 */
export function withProjectedMarkers(source: string, translation: string): string {
  if (withoutMarkers(source) === source) return translation;
  const { places, words } = placesIn(source);
  const spans = Array.from(translation.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
  const shareOf = (at: number) => (words === 0 ? 0 : Math.round((at * spans.length) / words));
  let result = "";
  let copied = 0;
  for (const { marker, role, at } of places) {
    const share = shareOf(at);
    const position =
      role === "open"
        ? spans[Math.min(share, spans.length - 1)]?.start
        : // At least the word that the mark opened before stands inside it.
          spans.slice(Math.max(share - 1, 0)).find(({ end }) => end > copied)?.end;
    const next = Math.max(position ?? translation.length, copied);
    result += translation.slice(copied, next) + marker;
    copied = next;
  }
  return result + translation.slice(copied);
}
