import { sameMarkers, withoutMarkers } from "../book/markers.ts";
import type { Segment } from "../book/segment.ts";
import { mixedScriptWords, russianOnlyLetters } from "../language/alphabet.ts";
import type { SegmentResult } from "./translator.ts";

/** What a translation must not be, and how the report says so. The first that holds counts. */
const FAULTS: readonly {
  readonly reason: string;
  readonly holds: (source: string, translation: string) => boolean;
}[] = [
  { reason: "the answer is empty", holds: (_, text) => withoutMarkers(text).trim() === "" },
  { reason: "inline markers differ", holds: (source, text) => !sameMarkers(source, text) },
  { reason: "Russian letters are left", holds: (_, text) => russianOnlyLetters(text).length > 0 },
  {
    reason: "a word mixes Cyrillic and Latin letters",
    holds: (_, text) => mixedScriptWords(withoutMarkers(text)).length > 0,
  },
];

/** Why an answer cannot be accepted, one line; undefined if it can. */
export function faultOf(segment: Segment, result: SegmentResult): string | undefined {
  return FAULTS.find(({ holds }) => holds(segment.text, result.text))?.reason;
}
