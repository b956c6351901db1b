import { repairHomoglyphs } from "../../language/homoglyphs.ts";
import { foldYo } from "../lexicon/compact.ts";
import type { Morphology } from "../morphology/reading.ts";
import { chooseReadings } from "./disambiguation.ts";
import type { PlacedMarker } from "./markers.ts";
import type { Capitals, Sentence, Word } from "./sentence.ts";
import { readText, type RawWord } from "./text.ts";

const STRESS = /[\u0300\u0301]/gu;
const MIXED_WORD = /[\p{L}\p{M}]+/gu;

/** Scans put Latin letters into Russian words; the lengths stay, so that all offsets hold. */
export function withoutHomoglyphs(text: string): string {
  return text.replaceAll(MIXED_WORD, repairHomoglyphs);
}

function capitalsOf(text: string): Capitals {
  const letters = text.replaceAll(/\P{L}/gu, "");
  if (letters.charAt(0) === letters.charAt(0).toLowerCase()) return "none";
  return letters.length > 1 && letters === letters.toUpperCase() ? "all" : "initial";
}

/** Whether a marker pair holds nothing but this word: the book stresses it. */
function isEmphasised({ start, text }: RawWord, markers: readonly PlacedMarker[]): boolean {
  const opened = markers.find(({ role, at }) => role === "open" && at === start);
  return markers.some(
    ({ role, at, number }) =>
      role === "close" && at === start + text.length && number === opened?.number,
  );
}

/**
 * Reads plain Russian text: sentences of words with one reading each.
 *
 * @param markers the inline markers that were taken out of the text.
 */
export function analyse(
  text: string,
  morphology: Morphology,
  markers: readonly PlacedMarker[],
): Sentence[] {
  return readText(text).map(({ words, after }) => {
    const read = words.map((word) => ({
      ...word,
      form: foldYo(word.text.toLowerCase().replaceAll(STRESS, "")),
      capitals: capitalsOf(word.text),
      readings: morphology.readingsOf(word.text),
    }));
    const chosen = chooseReadings(read);
    return {
      words: read.map(({ readings: _, ...word }, at): Word => {
        const reading = chosen[at];
        if (reading === undefined) throw new TypeError(`no reading for ${word.text}`);
        return { ...word, emphasised: isEmphasised(word, markers), reading };
      }),
      after,
    };
  });
}
