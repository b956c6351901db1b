import { sameMarkers, withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import { mixedScriptWords, russianOnlyLetters } from "../language/alphabet.ts";
import type { SegmentResult } from "./translator.ts";

const LATIN_LETTER = /\p{Script=Latin}/gu;
const CYRILLIC_LETTER = /\p{Script=Cyrillic}/gu;

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Names are the same in both languages, and so are a few short words. */
const SMALL_WORD = /(?<![\p{L}\p{M}])(?=\p{Script=Cyrillic})\p{Ll}[\p{L}\p{M}]+/gu;
const MIN_ECHO_WORDS = 4;
const ECHO = 0.8;

/**
 * Russian and Serbian share a script: only likeness to the source shows that nothing was done. Words
 * in small letters count, so that a list of names is no echo.
 */
function isEcho(source: string, translation: string): boolean {
  const words = source.match(SMALL_WORD) ?? [];
  if (words.length < MIN_ECHO_WORDS) return false;
  const said = new Set(translation.match(SMALL_WORD) ?? []);
  return words.filter((word) => said.has(word)).length > words.length * ECHO;
}

/** The answer came in Latin letters, as models give it that think of Croatian. */
function isLatin(source: string, translation: string): boolean {
  const cyrillic = countOf(source, CYRILLIC_LETTER);
  const latin = countOf(source, LATIN_LETTER);
  // A French paragraph of a Russian book stays French.
  if (cyrillic <= latin) return false;
  return countOf(translation, LATIN_LETTER) - latin > countOf(translation, CYRILLIC_LETTER);
}

/** What a translation must not be, and how the report says so. The first that holds counts. */
const FAULTS: readonly {
  readonly reason: string;
  /** Both texts without markers. */
  readonly holds: (source: string, translation: string) => boolean;
}[] = [
  { reason: "the answer is empty", holds: (_, text) => text.trim() === "" },
  { reason: "the answer is in Latin script", holds: isLatin },
  { reason: "the source is repeated", holds: isEcho },
  { reason: "Russian letters are left", holds: (_, text) => russianOnlyLetters(text).length > 0 },
  {
    reason: "a word mixes Cyrillic and Latin letters",
    holds: (_, text) => mixedScriptWords(text).length > 0,
  },
];

/** Why an answer cannot be accepted, one line; undefined if it can. */
export function faultOf(segment: Segment, result: SegmentResult): string | undefined {
  const source = withoutMarkers(segment.text);
  const translation = withoutMarkers(result.text);
  const fault = FAULTS.find(({ holds }) => holds(source, translation));
  if (fault) return fault.reason;
  return sameMarkers(segment.text, result.text) ? undefined : "inline markers differ";
}
