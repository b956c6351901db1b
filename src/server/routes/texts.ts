import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { toLatin } from "../../language/latin.ts";
import { newApi, type Api } from "../api.ts";
import {
  ContextWish,
  EngineWish,
  FAILURES,
  Session,
  Text,
  TextScript,
  TextStats,
  json,
} from "../schemas.ts";
import type { Services } from "../services.ts";
import type { TextAnswer, TextRequest } from "../texts/text-sessions.ts";

const LanguageWish = {
  source_language: z.string().optional().openapi({ example: "ru" }),
  target_language: z.string().optional().openapi({ example: "sr" }),
};

const TranslateRequest = z
  .object({
    text: Text,
    ...EngineWish,
    ...ContextWish,
    ...LanguageWish,
    script: TextScript.optional(),
    session_id: Session.optional(),
  })
  .openapi("TranslateRequest");

const TranslateAnswer = z
  .object({
    original: z.string(),
    translated: z.string(),
    translated_text: z.string(),
    provider: z.string(),
    session_id: z.string(),
    stats: TextStats,
  })
  .openapi("TranslateAnswer");

const translate = createRoute({
  method: "post",
  path: "/translate",
  summary: "Translate a text",
  request: { body: { required: true, ...json(TranslateRequest) } },
  responses: { 200: { description: "Translated", ...json(TranslateAnswer) }, ...FAILURES },
});

const StringRequest = z
  .object({ text: Text, ...LanguageWish, ...EngineWish, session_id: Session.optional() })
  .openapi("TranslateStringRequest");

const StringAnswer = z
  .object({
    translated_text: z.string(),
    translated: z.string(),
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
  summary: "Translate a text between two languages",
  request: { body: { required: true, ...json(StringRequest) } },
  responses: { 200: { description: "Translated", ...json(StringAnswer) }, ...FAILURES },
});

const BatchRequest = z
  .object({
    texts: z.array(Text).min(1).max(1000),
    ...EngineWish,
    ...ContextWish,
    ...LanguageWish,
    session_id: Session.optional(),
  })
  .openapi("TranslateBatchRequest");

const BatchAnswer = z
  .object({
    originals: z.array(z.string()),
    translated: z.array(z.string()),
    provider: z.string(),
    session_id: z.string(),
    stats: TextStats,
  })
  .openapi("TranslateBatchAnswer");

const translateBatch = createRoute({
  method: "post",
  path: "/translate/batch",
  summary: "Translate several texts",
  request: { body: { required: true, ...json(BatchRequest) } },
  responses: { 200: { description: "Translated", ...json(BatchAnswer) }, ...FAILURES },
});

/** Texts that are translated while the client waits. */
export function textRoutes({ texts }: Services): Api {
  return newApi()
    .openapi(translate, async (context) => {
      const { script, ...request } = context.req.valid("json");
      const wishes = { texts: [request.text], ...wishesOf(request, context) };
      const answer = await texts.translate(wishes, context.req.raw.signal);
      const translated = inScript(answer.texts[0] ?? "", script);
      const { provider, session } = answer;
      const stats = statsOf(answer);
      const both = { translated, translated_text: translated };
      return context.json(
        { original: request.text, ...both, provider, session_id: session, stats },
        200,
      );
    })
    .openapi(translateString, async (context) => {
      const request = context.req.valid("json");
      const wishes = { texts: [request.text], ...wishesOf(request, context) };
      const answer = await texts.translate(wishes, context.req.raw.signal);
      const {
        texts: [text = ""],
        from,
        to,
        provider,
        seconds,
        session,
      } = answer;
      const both = { translated_text: text, translated: text };
      const languages = { source_language: from, target_language: to };
      return context.json(
        { ...both, ...languages, provider, duration_seconds: seconds, session_id: session },
        200,
      );
    })
    .openapi(translateBatch, async (context) => {
      const { texts: originals, ...request } = context.req.valid("json");
      const wishes = { texts: originals, ...wishesOf(request, context) };
      const answer = await texts.translate(wishes, context.req.raw.signal);
      const { provider, session: session_id } = answer;
      const translated = [...answer.texts];
      return context.json(
        { originals, translated, provider, session_id, stats: statsOf(answer) },
        200,
      );
    });
}

interface WireRequest {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly context?: string | undefined;
  readonly context_hint?: string | undefined;
  readonly source_language?: string | undefined;
  readonly target_language?: string | undefined;
  readonly session_id?: string | undefined;
}

function wishesOf(request: WireRequest, context: Context): Omit<TextRequest, "texts"> {
  return {
    engine: request.provider,
    model: request.model,
    before: request.context ?? request.context_hint,
    from: request.source_language,
    to: request.target_language,
    session: request.session_id ?? context.req.header("x-session-id"),
  };
}

/** Engines write Serbian in Cyrillic. */
function inScript(text: string, script: z.infer<typeof TextScript> | undefined): string {
  return script === "latin" ? toLatin(text) : text;
}

function statsOf({ paragraphs }: Pick<TextAnswer, "paragraphs">): z.infer<typeof TextStats> {
  return { Total: paragraphs, Translated: paragraphs, Cached: 0, Errors: 0 };
}
