import { createRoute, z } from "@hono/zod-openapi";

import { FbtrError } from "../../base/errors.ts";
import type { Instance } from "../../worker/fleet/instances.ts";
import { checkedAddresses } from "../../worker/network-rules.ts";
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

const Discovered = z
  .object({
    message: z.string(),
    workers: z.array(
      z.object({
        worker_id: z.string(),
        state: z.string(),
        problem: z.string().optional(),
        advice: z.string().optional(),
      }),
    ),
  })
  .openapi("DistributedDiscovery");

const discover = createRoute({
  method: "post",
  path: "/distributed/workers/discover",
  summary: "Look for all configured workers, and pair with them",
  responses: { 200: { description: "Looked for", ...json(Discovered) }, ...FAILURES },
});

const Worker = z
  .object({
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
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

/** The routes of workers: what the command line does with them, for programs. */
export function distributedRoutes(services: Services): Api {
  const { workers } = services;
  return newApi()
    .openapi(status, (context) => context.json(statusOf(services), 200))
    .openapi(translate, async (context) => {
      refuseUnlessEnabled(services);
      const { text, context: before, context_hint: hint, session_id } = context.req.valid("json");
      const session = session_id ?? context.req.header("x-session-id");
      // Without a worker that answers the work is done here.
      const isShared = workers.fleet.instances.length > 0;
      const engine = isShared ? { engine: "distributed" } : {};
      const answer = await services.texts.translate(
        { texts: [text], before: before ?? hint, session, ...engine },
        context.req.raw.signal,
      );
      const translated_text = answer.texts[0] ?? "";
      return context.json({ translated_text, session_id: answer.session }, 200);
    })
    .openapi(discover, async (context) => {
      refuseUnlessEnabled(services);
      const { signal } = context.req.raw;
      const found = await workers.desk.pairAll({ signal });
      await workers.fleet.look(signal);
      tellPaired(services);
      const shown = found.map(({ id, state, problem, advice }) => {
        return { worker_id: id, state, problem, advice };
      });
      return context.json({ message: "Worker discovery completed", workers: shown }, 200);
    })
    .openapi(add, async (context) => {
      const { id, ...worker } = context.req.valid("json");
      await addWorker(services, id, worker, context.get("principal").name);
      return context.json({ message: `Worker ${id} added` }, 201);
    })
    .openapi(pairing("post", "Pair with a worker"), async (context) => {
      const { worker_id: id } = context.req.valid("param");
      checkConfigured(services, id);
      await workers.desk.pair(id, { signal: context.req.raw.signal });
      await workers.fleet.look(context.req.raw.signal);
      return context.json({ message: `Worker ${id} paired` }, 200);
    })
    .openapi(pairing("delete", "End the pairing with a worker"), async (context) => {
      const { worker_id: id } = context.req.valid("param");
      const failure = await workers.desk.unpair(id, context.req.raw.signal);
      await workers.fleet.look(context.req.raw.signal);
      const message = failure
        ? `Worker ${id} unpaired, but does not know it yet: ${failure.message}`
        : `Worker ${id} unpaired`;
      return context.json({ message }, 200);
    });
}

function tellPaired({ workers: { fleet, desk }, events }: Services): void {
  const paired_count = fleet.statuses.filter(({ state }) => state === "paired").length;
  const total_count = desk.configured.length;
  const remote_instances = slotsOf(fleet.instances);
  const data = { paired_count, total_count, remote_instances };
  const message = `Paired with ${paired_count} of ${total_count} workers`;
  events.emit("distributed_workers_paired", "system", message, data);
}

/** @throws FbtrError WORKER_EXISTS, WORKER_FORBIDDEN, CONFIG_INVALID, OUTPUT_UNWRITABLE. */
async function addWorker(
  { settings, control, events }: Services,
  id: string,
  worker: Omit<z.infer<typeof Worker>, "id">,
  actor: string,
): Promise<void> {
  const { workers, network } = settings().config.distributed;
  if (id in workers) {
    throw new FbtrError("WORKER_EXISTS", `there is a worker ${id} already`, {
      hint: "Take another id, or change it in the configuration.",
    });
  }
  await checkedAddresses(worker.host, worker.port, network);
  const given = Object.entries(worker).filter(([, value]) => value !== undefined);
  const changes = given.map(([key, value]) => [`distributed.workers.${id}.${key}`, value]);
  await control.change({ ...Object.fromEntries(changes), "distributed.enabled": true }, actor);
  const data = { worker_id: id, worker_name: worker.name ?? id };
  events.emit("distributed_worker_added", "system", `Added worker ${id}`, data);
}

function checkConfigured({ settings }: Services, id: string): void {
  if (id in settings().config.distributed.workers) return;
  throw new FbtrError("WORKER_UNKNOWN", `the configuration has no worker ${id}`, {
    hint: "POST /api/v1/distributed/workers adds one.",
  });
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
    remote_instances: slotsOf(fleet.instances),
    paired_workers: statuses.filter(({ state }) => state === "paired").length,
  };
}

function refuseUnlessEnabled({ settings }: Services): void {
  if (settings().config.distributed.enabled) return;
  throw new FbtrError("WORKERS_UNAVAILABLE", "Distributed work not available", {
    hint: "Set distributed.enabled in the configuration.",
  });
}

function slotsOf(instances: readonly Instance[]): number {
  return instances.reduce((sum, { slots }) => sum + slots, 0);
}
