import { randomUUID } from "node:crypto";

import { serve } from "@hono/node-server";
import { Hono } from "hono";

import { TRANSLATION } from "./texts.ts";

/**
 * A process with a handler of Hono that does nothing but read JSON and answer as much JSON as the
 * daemon does for a text. Prints where it listens.
 */
const app = new Hono();
app.post("/api/v1/translate/string", async (context) => {
  const { text } = await context.req.json<{ text: unknown }>();
  if (typeof text !== "string") return context.json({ error: "no text" }, 400);
  return context.json({
    translated_text: TRANSLATION,
    translated: TRANSLATION,
    source_language: "ru",
    target_language: "sr",
    provider: "bare",
    duration_seconds: 0.000_123_456_789,
    session_id: randomUUID(),
  });
});
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
