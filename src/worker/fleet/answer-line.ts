import { z } from "zod";

import { FbtrError } from "../../base/errors.ts";
import { DOUBT_RULES, type DoubtRuleName } from "../../draft/doubt/doubt-rules.ts";
import type { BatchLine } from "../batch-wire.ts";

const Count = z.int().min(0);

const Doubt = z.object({
  name: z.custom<DoubtRuleName>((name) => typeof name === "string" && name in DOUBT_RULES),
  word: z.string(),
  weight: z.number(),
});

const Answer = z.object({
  index: Count,
  text: z.string(),
  unknownWords: z.array(z.string()),
  words: z.object({ total: Count, known: Count }),
  sentences: z
    .object({
      total: Count,
      doubtful: z.array(
        z.object({ source: z.string(), score: z.number(), doubts: z.array(Doubt) }),
      ),
    })
    .exactOptional(),
  fallback: z.string().exactOptional(),
});

const Failure = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  retry_after_ms: z.number().min(0).optional(),
});

const Line = z.union([
  z.object({ answer: Answer }),
  z.object({ beat: z.number() }),
  z.object({ error: Failure }),
  z.object({ done: z.literal(true) }),
]);

/**
 * A line of a worker's answer. Workers are trusted with the text of books, not with the shape of what
 * they send: whatever does not belong there is left out.
 *
 * @throws FbtrError WORKER_LOST if it is no such line.
 */
export function batchLineOf(text: string): BatchLine {
  const line = Line.safeParse(jsonOf(text));
  if (line.success) return line.data;
  throw new FbtrError("WORKER_LOST", "the worker sends what is no translation", {
    hint: "Bring both machines to the same version of fbtr.",
  });
}

/** @throws FbtrError WORKER_LOST for whatever is no JSON of an object. */
export function jsonOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // What it is instead says nothing to anybody.
  }
  throw new FbtrError("WORKER_LOST", "the worker sends what is no answer");
}
