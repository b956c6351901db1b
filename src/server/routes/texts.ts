import { createRoute, z } from "@hono/zod-openapi";

import { newApi, type Api } from "../api.ts";
import type { Services } from "../services.ts";

const StringRequest = z
  .object({
    text: z.string().min(1),
    source_language: z.string().optional(),
    target_language: z.string().optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
    session_id: z.string().optional(),
  })
  .openapi("TranslateStringRequest");

const StringAnswer = z
  .object({
    translated_text: z.string(),
    source_language: z.string(),
    target_language: z.string(),
    provider: z.string(),
    duration_seconds: z.number(),
    session_id: z.string(),
  })
  .openapi("TranslateStringAnswer");

const translateString = createRoute({
  method: "post",
  path: "/translate/string",
  summary: "Translate a text",
  request: { body: { required: true, content: { "application/json": { schema: StringRequest } } } },
  responses: {
    200: { description: "Translated", content: { "application/json": { schema: StringAnswer } } },
  },
});

export function textRoutes({ texts }: Services): Api {
  return newApi().openapi(translateString, async (context) => {
    const request = context.req.valid("json");
    const answer = await texts.translate(
      {
        text: request.text,
        engine: request.provider,
        from: request.source_language,
        to: request.target_language,
        session: request.session_id ?? context.req.header("x-session-id"),
      },
      context.req.raw.signal,
    );
    return context.json(
      {
        translated_text: answer.text,
        source_language: answer.from,
        target_language: answer.to,
        provider: answer.provider,
        duration_seconds: answer.seconds,
        session_id: answer.session,
      },
      200,
    );
  }) as Api;
}
