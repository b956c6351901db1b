import { createRoute, z } from "@hono/zod-openapi";

import { FbtrError } from "../../base/errors.ts";
import { newApi, type Api } from "../api.ts";
import { FAILURES, Message, Session, Text, json } from "../schemas.ts";
import type { Services } from "../services.ts";

const FleetStatus = z
  .object({
    initialized: z.boolean(),
    enabled: z.boolean(),
    workers: z.record(
      z.string(),
      z.object({
        name: z.string(),
        enabled: z.boolean(),
        status: z.string(),
        capacity: z.number().int(),
        transport: z.enum(["h3", "h2", "tunnel"]).optional(),
        error: z.string().optional(),
      }),
    ),
    active_connections: z.number().int(),
    remote_instances: z.number().int(),
    paired_workers: z.number().int(),
  })
  .openapi("DistributedStatus");

const status = createRoute({
  method: "get",
  path: "/distributed/status",
  summary: "The workers and what is known of them",
  responses: { 200: { description: "Their state", ...json(FleetStatus) } },
});

const DistributedRequest = z
  .object({
    text: Text,
    context: z.string().optional(),
    context_hint: z.string().optional(),
    session_id: Session.optional(),
  })
  .openapi("DistributedTranslateRequest");

const DistributedAnswer = z
  .object({ translated_text: z.string(), session_id: z.string() })
  .openapi("DistributedTranslateAnswer");

const translate = createRoute({
  method: "post",
  path: "/distributed/translate",
  summary: "Translate a text on the workers",
  request: { body: { required: true, ...json(DistributedRequest) } },
  responses: { 200: { description: "Translated", ...json(DistributedAnswer) }, ...FAILURES },
});

const discover = createRoute({
  method: "post",
  path: "/distributed/workers/discover",
  summary: "Look for all configured workers, and pair with them",
  responses: { 200: { description: "Looked for", ...json(Message) }, ...FAILURES },
});

const Worker = z
  .object({
    id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
    name: z.string().optional(),
    host: z.string().regex(/^[A-Za-z0-9._:[\]-]+$/),
    port: z.number().int().min(1).max(65_535).default(22),
    user: z.string().optional(),
    max_capacity: z.number().int().min(1).optional(),
    tags: z.array(z.string().min(1)).default([]),
  })
  .openapi("Worker");

const add = createRoute({
  method: "post",
  path: "/distributed/workers",
  summary: "Add a worker",
  request: { body: { required: true, ...json(Worker) } },
  responses: { 201: { description: "Added", ...json(Message) }, ...FAILURES },
});

const WorkerParams = z.object({
  worker_id: z.string().openapi({ param: { name: "worker_id", in: "path" } }),
});

const pairing = (method: "post" | "delete", summary: string) =>
  createRoute({
    method,
    path: "/distributed/workers/{worker_id}/pair",
    summary,
    request: { params: WorkerParams },
    responses: { 200: { description: "Done", ...json(Message) }, ...FAILURES },
  });

/**
 * The routes of workers. This version pairs with none: it says of the configured ones what is true,
 * and refuses what it cannot do.
 */
export function distributedRoutes(services: Services): Api {
  return newApi()
    .openapi(status, (context) => context.json(statusOf(services), 200))
    .openapi(translate, async (context) => {
      refuseUnlessEnabled(services);
      const { text, context: before, context_hint: hint, session_id } = context.req.valid("json");
      const session = session_id ?? context.req.header("x-session-id");
      // Without a worker that answers the work is done here.
      const isShared = services.workers.fleet.instances.length > 0;
      const engine = isShared ? { engine: "distributed" } : {};
      const answer = await services.texts.translate(
        { texts: [text], before: before ?? hint, session, ...engine },
        context.req.raw.signal,
      );
      const translated_text = answer.texts[0] ?? "";
      return context.json({ translated_text, session_id: answer.session }, 200);
    })
    .openapi(discover, () => refuse())
    .openapi(add, () => refuse())
    .openapi(pairing("post", "Pair with a worker"), () => refuse())
    .openapi(pairing("delete", "End the pairing with a worker"), () => refuse());
}

function statusOf({ settings, workers: { fleet } }: Services): z.infer<typeof FleetStatus> {
  const { enabled, workers } = settings().config.distributed;
  const byId = new Map(fleet.statuses.map((known) => [known.id, known]));
  const views = Object.entries(workers).map(([id, worker]) => {
    const { name = id, enabled: isUsed } = worker;
    const { state = "configured", report, transport, error } = byId.get(id) ?? {};
    const capacity = worker.max_capacity ?? report?.capabilities.max_concurrent ?? 0;
    const more = { ...(transport && { transport }), ...(error !== undefined && { error }) };
    return [id, { name, enabled: isUsed, status: state, capacity, ...more }] as const;
  });
  const statuses = fleet.statuses.filter(({ id }) => id in workers);
  return {
    initialized: true,
    enabled,
    workers: Object.fromEntries(views),
    active_connections: statuses.filter(({ transport }) => transport !== undefined).length,
    remote_instances: fleet.instances.reduce((sum, { slots }) => sum + slots, 0),
    paired_workers: statuses.filter(({ state }) => state === "paired").length,
  };
}

function refuseUnlessEnabled({ settings }: Services): void {
  if (settings().config.distributed.enabled) return;
  throw new FbtrError("WORKERS_UNAVAILABLE", "Distributed work not available", {
    hint: "Set distributed.enabled in the configuration.",
  });
}

function refuse(): never {
  throw new FbtrError("WORKERS_UNAVAILABLE", "Distributed work not available", {
    hint: "This version of fbtr does not pair with workers yet.",
  });
}
