import { lengthRatioOf } from "../length-ratio.ts";
import { sentencesOf } from "../sentences.ts";
import type { Check, CheckContext, CheckedPair } from "./check.ts";
import { matchesOf } from "./words.ts";

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/gu;
const ANY_LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const sizeOf = (text: string) => matchesOf(text, LETTER_OR_DIGIT).length;

function emptiness({ source, translation }: CheckedPair): string | undefined {
  const isEmpty = !ANY_LETTER_OR_DIGIT.test(translation);
  return isEmpty && ANY_LETTER_OR_DIGIT.test(source) ? "" : undefined;
}

/** Shorter texts vary too much. */
const MIN_SIZE = 40;
/** Bounds relative to what is usual between the languages; headings and verse are freer. */
const BOUNDS = { prose: [0.55, 2.2], free: [0.4, 2.8] } as const;

function lengthOutOfBounds(
  { source, translation, kind }: CheckedPair,
  { source: from = "ru", target = "sr" }: CheckContext,
): string | undefined {
  const size = sizeOf(source);
  const usual = size * lengthRatioOf(from, target);
  if (Math.max(size, usual) < MIN_SIZE) return undefined;
  const ratio = sizeOf(translation) / usual;
  const [least, most] = kind === "text" ? BOUNDS.prose : BOUNDS.free;
  if (ratio >= least && ratio <= most) return undefined;
  return `${Math.round(ratio * 100)} % of what is usual`;
}

/** Sentences may be joined and divided, but a translation does not lose half of them. */
const MIN_SENTENCES = 4;
const SENTENCE_BOUNDS = [0.6, 1.7] as const;

const END_MARK = /[.!?…]+/gu;
const endMarks = (text: string) => matchesOf(text, END_MARK).length;

function sentencesLost(
  { source, translation, kind }: CheckedPair,
  { source: from = "ru", target = "sr" }: CheckContext,
): string | undefined {
  if (kind !== "text") return undefined;
  // To cut a book into sentences takes longer than all other checks together: only where in doubt.
  const marks = endMarks(source);
  if (marks < MIN_SENTENCES - 1 || marks === endMarks(translation)) return undefined;
  const there = sentencesOf(source, from).length;
  if (there < MIN_SENTENCES) return undefined;
  const here = sentencesOf(translation, target).length;
  const ratio = here / there;
  return ratio < SENTENCE_BOUNDS[0] || ratio > SENTENCE_BOUNDS[1]
    ? `${there} in the source, ${here} here`
    : undefined;
}

const ENDS = /[.!?…:;。！？؟।][\s"«»“”„’')\]]*$/u;

function tailLost({ source, translation, kind }: CheckedPair): string | undefined {
  if (kind !== "text" || sizeOf(source) < MIN_SIZE) return undefined;
  const end = translation.trimEnd().slice(-20);
  return ENDS.test(source) && !ENDS.test(translation) ? end : undefined;
}

const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== "").length;

function linesChanged({ source, translation, kind }: CheckedPair): string | undefined {
  if (kind !== "verse" || sizeOf(translation) === 0) return undefined;
  const there = linesOf(source);
  const here = linesOf(translation);
  return there === here ? undefined : `${there} in the source, ${here} here`;
}

/** Whole and neither cut nor padded: C11 to C13 and C15. */
export const COMPLETENESS_CHECKS: readonly Check[] = [
  {
    id: "C11",
    severity: "error",
    title: "the answer is empty",
    why: "A text with letters or figures never has a translation without any.",
    find: emptiness,
  },
  {
    id: "C12",
    severity: "error",
    title: "far shorter or longer than the source",
    why: "Cut answers, summaries and added talk. Measured against what is usual between the two languages, from 40 letters on; headings and verse may stray further.",
    find: lengthOutOfBounds,
  },
  {
    id: "C13",
    severity: "warning",
    title: "sentences lost or added",
    why: "Models drop sentences in the middle of long paragraphs. Sentences may be joined, so it is no error.",
    find: sentencesLost,
  },
  {
    id: "C13a",
    severity: "warning",
    title: "the end is missing",
    why: "The source ends with a mark, the translation does not: often the last words are lost.",
    find: tailLost,
  },
  {
    id: "C15",
    severity: "error",
    title: "lines of verse merged or divided",
    why: "A line of a poem is one line in every language.",
    find: linesChanged,
  },
];
