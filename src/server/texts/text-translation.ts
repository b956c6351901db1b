import { randomUUID } from "node:crypto";

import { FbtrError } from "../../base/errors.ts";
import type { Segment } from "../../book/segment.ts";
import type { FaultFinder } from "../../engine/checking.ts";
import type { SegmentResult, Translator } from "../../engine/translator.ts";
import { beginningWithin, type BatchLimits } from "../../plan/batching.ts";

/** Texts in another language. */
export interface TranslatedTexts {
  /** As many as were given, in the same order. */
  readonly texts: readonly string[];
  /** Paragraphs that were translated; those without letters are kept as they are. */
  readonly paragraphs: number;
}

export interface TextOptions {
  readonly faultOf: FaultFinder;
  /** What stands before the texts, for engines that make use of it. */
  readonly before?: string | undefined;
  readonly limits: BatchLimits;
  /** How often a paragraph may fail. */
  readonly maxAttempts: number;
  /** Session that events of the work belong to. */
  readonly session?: string | undefined;
  readonly signal: AbortSignal;
}

const LETTER = /\p{L}/u;

/**
 * Translates texts paragraph by paragraph; line breaks and lines without letters stay as they are.
 *
 * @throws FbtrError ENGINE_FAILED if a paragraph got no good answer: the source never passes as its
 *   translation; what the engine throws; the signal's reason.
 */
export async function translateTexts(
  texts: readonly string[],
  translator: Translator,
  options: TextOptions,
): Promise<TranslatedTexts> {
  // Every second piece is a line break.
  const pieces = texts.map((text) => text.split(/(\r?\n)/));
  const all = pieces.flat();
  const paragraphs = all.flatMap((text, index) =>
    LETTER.test(text) ? [paragraph(text, index)] : [],
  );
  const translated = await translateParagraphs(paragraphs, translator, options);
  let first = 0;
  const answers = pieces.map((own) => {
    const answer = own.map((piece, place) => translated.get(first + place) ?? piece).join("");
    first += own.length;
    return answer;
  });
  return { texts: answers, paragraphs: paragraphs.length };
}

async function translateParagraphs(
  paragraphs: readonly Segment[],
  translator: Translator,
  options: TextOptions,
): Promise<Map<number, string>> {
  const translated = new Map<number, string>();
  const attempts = translator.isPersistent === true ? 1 : options.maxAttempts;
  let open = paragraphs;
  for (let attempt = 0; attempt < attempts && open.length > 0; attempt += 1) {
    let left = open;
    while (left.length > 0) {
      const segments = beginningWithin(left, options.limits);
      left = left.slice(segments.length);
      const answers = await answersOf(segments, translator, options);
      for (const [index, answer] of answers) translated.set(index, answer);
    }
    open = open.filter(({ index }) => !translated.has(index));
  }
  const [failed] = open;
  if (failed) throw refused(failed, translator);
  return translated;
}

function paragraph(text: string, index: number): Segment {
  return { index, kind: "text", element: "p", section: 0, text, skip: undefined };
}

/** The answers that pass the checks, by the index of their paragraph. */
async function answersOf(
  segments: readonly Segment[],
  translator: Translator,
  { faultOf, before, session, signal }: TextOptions,
): Promise<Map<number, string>> {
  const byIndex = new Map(segments.map((segment) => [segment.index, segment]));
  // What is asked again had a bad answer: it is no repetition of the same request.
  const batch = {
    id: randomUUID(),
    segments,
    ...(before !== undefined && { before }),
    ...(session !== undefined && { session }),
  };
  const answers = new Map<number, string>();
  const isGood = (result: SegmentResult) => {
    const segment = byIndex.get(result.index);
    return segment !== undefined && faultOf(segment, result) === undefined;
  };
  for await (const result of translator.translate(batch, signal)) {
    if (isGood(result)) answers.set(result.index, result.text);
  }
  return answers;
}

function refused({ text }: Segment, { name }: Translator): FbtrError {
  const excerpt = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new FbtrError("ENGINE_FAILED", `${name} gave no good translation of “${excerpt}”`, {
    hint: "Ask again, or ask another engine.",
  });
}
