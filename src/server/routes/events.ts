import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";

import { FbtrError } from "../../base/errors.ts";
import { newApi, type Api, type ApiEnv } from "../api.ts";
import type { FeedWishes } from "../events/event-feed.ts";
import type { LoggedEvent } from "../events/event-log.ts";
import { SWITCH } from "../events/upgrade.ts";
import { FAILURES } from "../schemas.ts";
import type { Services } from "../services.ts";

/** An empty line now and then: only so a reader who has gone is noticed. */
const HEARTBEAT_MS = 15_000;

const EventQuery = z.object({
  session_id: z.string().optional(),
  since: z.string().optional().openapi({ description: "id of the last event that is known" }),
});

/** Where WebSockets begin; anything else is told how to. */
export function socketRoute(): Api {
  const api = newApi();
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/ws",
    summary: "The same events over WebSocket (HTTP/1.1), one a frame",
    request: { query: EventQuery },
    responses: { 101: { description: "Frames with events" }, ...FAILURES },
  });
  api.get("/ws", (context) => {
    if (context.req.header("upgrade")?.toLowerCase() === "websocket") {
      return context.body(null, SWITCH);
    }
    throw new FbtrError("USAGE_INVALID", "events come over WebSocket here", {
      hint: "GET /api/v1/events gives the same as lines of JSON.",
    });
  });
  return api;
}

/** Events as lines of JSON, for those who have no WebSocket. */
export function eventRoutes(services: Services): Api {
  const api = newApi();
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/events",
    summary: "Events as lines of JSON, from now on or since one; /ws sends the same as frames",
    request: { query: EventQuery },
    responses: { 200: EVENT_LINES, ...FAILURES },
  });
  api.get("/events", (context) => {
    const { session_id: session, since } = context.req.query();
    return eventLines(context, services, { session, since });
  });
  return api;
}

export const EVENT_LINES = {
  description: "Events, and an empty line now and then",
  content: { "application/x-ndjson": { schema: z.string() } },
};

/** An answer that goes on for as long as the client listens. */
export function eventLines(
  context: Context<ApiEnv>,
  { feed, batches }: Services,
  wishes: Pick<FeedWishes, "session" | "since">,
): Response {
  const { machine } = context.env;
  // A root hears of its own work, not of what others have this machine do.
  const isMeant = ({ session }: LoggedEvent) =>
    machine === undefined || session === "system" || batches.isSessionOf(machine, session);
  context.header("content-type", "application/x-ndjson");
  return stream(context, async (out) => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    const heart = setInterval(() => void out.write("\n"), HEARTBEAT_MS);
    try {
      for await (const event of feed.read({ ...wishes, signal: gone.signal })) {
        if (isMeant(event)) await out.write(`${event.json}\n`);
      }
    } finally {
      clearInterval(heart);
    }
  });
}
