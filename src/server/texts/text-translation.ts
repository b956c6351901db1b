import { FbtrError } from "../../base/errors.ts";
import { sha256 } from "../../base/digest.ts";
import type { Segment } from "../../book/segment.ts";
import { judge } from "../../engine/checking.ts";
import type { SegmentResult, Translator } from "../../engine/translator.ts";
import { beginningWithin, type BatchLimits } from "../../plan/batching.ts";

/** A text in another language. */
export interface TranslatedText {
  readonly text: string;
  /** Paragraphs that were translated; those without letters are kept as they are. */
  readonly paragraphs: number;
}

const LETTER = /\p{L}/u;

/**
 * Translates a text paragraph by paragraph; line breaks and lines without letters stay as they are.
 *
 * @param target language of the translation, for the checks.
 * @throws FbtrError ENGINE_FAILED if a paragraph got no good answer: the source never passes as its
 *   translation; what the engine throws; the signal's reason.
 */
export async function translateText(
  text: string,
  translator: Translator,
  options: {
    readonly target: string;
    readonly limits: BatchLimits;
    readonly maxAttempts: number;
    readonly signal: AbortSignal;
  },
): Promise<TranslatedText> {
  const lines = text.split(/(\r?\n)/);
  const translated = new Map<number, string>();
  let open = lines.flatMap((line, index) => (LETTER.test(line) ? [paragraph(line, index)] : []));
  const paragraphs = open.length;
  const attempts = translator.isPersistent === true ? 1 : options.maxAttempts;
  for (let attempt = 0; attempt < attempts && open.length > 0; attempt += 1) {
    const failed: Segment[] = [];
    while (open.length > 0) {
      const segments = beginningWithin(open, options.limits);
      open = open.slice(segments.length);
      const answers = await answersOf(segments, translator, options);
      for (const [index, answer] of answers) translated.set(index, answer);
      failed.push(...segments.filter(({ index }) => !answers.has(index)));
    }
    open = failed;
  }
  const [first] = open;
  if (first) throw refused(first, translator);
  return { text: lines.map((line, index) => translated.get(index) ?? line).join(""), paragraphs };
}

function paragraph(text: string, index: number): Segment {
  return { index, kind: "text", element: "p", section: 0, text, skip: undefined };
}

/** The answers that pass the checks, by the index of their paragraph. */
async function answersOf(
  segments: readonly Segment[],
  translator: Translator,
  { target, signal }: { readonly target: string; readonly signal: AbortSignal },
): Promise<Map<number, string>> {
  const byIndex = new Map(segments.map((segment) => [segment.index, segment]));
  const id = sha256(JSON.stringify(segments)).slice(0, 16);
  const answers = new Map<number, string>();
  const isGood = (result: SegmentResult) => {
    const segment = byIndex.get(result.index);
    return segment !== undefined && judge(segment, result, target).faults.length === 0;
  };
  for await (const result of translator.translate({ id, segments }, signal)) {
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
