import { z } from "@hono/zod-openapi";

/** What may be said of a text in one request; longer ones are books. */
const MAX_TEXT = 1_000_000;

export const Text = z.string().min(1).max(MAX_TEXT);
export const Session = z.string().min(1).max(200);
export const TextScript = z.enum(["default", "cyrillic", "latin"]);

/** Which engine, and which of its models. */
export const EngineWish = {
  provider: z.string().optional().openapi({ example: "openai" }),
  model: z.string().optional(),
};

/** Existing clients say one or the other. */
export const ContextWish = {
  context: z.string().optional(),
  context_hint: z.string().optional(),
};

const ErrorAnswer = z
  .object({ error: z.string(), code: z.string(), hint: z.string().optional() })
  .openapi("Error");

export const Message = z.object({ message: z.string() }).openapi("Message");

/** Paragraphs of a text, with the capitals that existing clients expect. */
export const TextStats = z
  .object({
    Total: z.number().int(),
    Translated: z.number().int(),
    Cached: z.number().int(),
    Errors: z.number().int(),
  })
  .openapi("TextStats");

/** A body or an answer of JSON. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return { content: { "application/json": { schema } } };
}

/** What any route may answer when something is wrong. */
export const FAILURES = { default: { description: "What is wrong", ...json(ErrorAnswer) } };
