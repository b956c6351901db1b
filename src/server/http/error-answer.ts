import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import { FbtrError } from "../../base/errors.ts";

/**
 * An error as an answer: `{"error", "code", "hint"}` with the status of its verdict. Of a bug only
 * `onFault` hears more.
 */
export function errorAnswer(
  error: unknown,
  context: Context,
  onFault: (error: unknown) => void,
): Response {
  if (!(error instanceof FbtrError)) {
    // The client has gone; there is nobody to answer, and nothing is wrong.
    if (!context.req.raw.signal.aborted) onFault(error);
    return context.json({ error: "internal error", code: "BUG" }, 500);
  }
  const { message, code, hint, verdict, retryAfterMs } = error;
  if (retryAfterMs !== undefined) {
    context.header("retry-after", String(Math.max(1, Math.ceil(retryAfterMs / 1000))));
  }
  if (verdict.http === 401) context.header("www-authenticate", "Bearer");
  return context.json({ error: message, code, hint }, verdict.http as ContentfulStatusCode);
}
