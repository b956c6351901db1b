import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import { FbtrError } from "../../base/errors.ts";

export function errorAnswer(error: unknown, context: Context): Response {
  if (!(error instanceof FbtrError)) {
    return context.json({ error: "internal error", code: "BUG" }, 500);
  }
  const { message, code, hint, verdict } = error;
  return context.json({ error: message, code, hint }, verdict.http as ContentfulStatusCode);
}
