import { createRoute, z } from "@hono/zod-openapi";

import { FbtrError } from "../../base/errors.ts";
import { newApi, type Api } from "../api.ts";
import { hasEnded } from "../books/submission.ts";
import { FAILURES, Session, json } from "../schemas.ts";
import type { Services } from "../services.ts";

const SessionParams = z.object({
  session_id: Session.openapi({ param: { name: "session_id", in: "path" } }),
});

const SessionState = z
  .object({ session_id: z.string(), status: z.string(), job_id: z.string().optional() })
  .openapi("SessionState");

const status = createRoute({
  method: "get",
  path: "/status/{session_id}",
  summary: "What became of a session: its book, or a text that is being translated",
  request: { params: SessionParams },
  responses: { 200: { description: "Its state", ...json(SessionState) }, ...FAILURES },
});

const cancel = createRoute({
  method: "post",
  path: "/translate/cancel/{session_id}",
  summary: "Give up what is translated in a session",
  request: { params: SessionParams },
  responses: { 200: { description: "Given up", ...json(SessionState) }, ...FAILURES },
});

/** Sessions as existing clients know them: the one thing that goes on under an id of theirs. */
export function sessionRoutes({ books, texts }: Services): Api {
  return newApi()
    .openapi(status, (context) => {
      const { session_id } = context.req.valid("param");
      if (texts.isActive(session_id)) return context.json({ session_id, status: "running" }, 200);
      const book = books.findSession(session_id);
      if (book === undefined) throw unknown(session_id);
      return context.json({ session_id, status: book.state, job_id: book.id }, 200);
    })
    .openapi(cancel, async (context) => {
      const { session_id } = context.req.valid("param");
      const wasActive = texts.cancel(session_id);
      const book = books.findSession(session_id);
      if (book === undefined && !wasActive) throw unknown(session_id);
      if (book === undefined || (wasActive && hasEnded(book))) {
        return context.json({ session_id, status: "cancelled" }, 200);
      }
      const { state, id } = await books.cancel(book.id);
      return context.json({ session_id, status: state, job_id: id }, 200);
    });
}

function unknown(session: string): FbtrError {
  return new FbtrError("JOB_UNKNOWN", `nothing goes on in session ${session}`, {
    hint: "A text that is translated leaves no trace; GET /api/v1/jobs lists the books.",
  });
}
