import { createRoute, z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";

import { FbtrError } from "../../base/errors.ts";
import { engineStates } from "../../engine/engine-states.ts";
import { capabilitiesOf } from "../../worker/capabilities.ts";
import type { BatchRequest, RemoteEngine } from "../../worker/batch-wire.ts";
import { newApi, type Api } from "../api.ts";
import { FAILURES, Session, json } from "../schemas.ts";
import type { Services } from "../services.ts";

const WireSegment = z.object({
  index: z.number().int().min(0),
  kind: z.enum(["text", "title", "verse", "metadata", "attribute"]),
  element: z.string(),
  section: z.number().int().min(0),
  text: z.string().min(1),
});

const WireBatch = z
  .object({
    batch: z.object({
      id: z.string().min(1).max(200),
      segments: z.array(WireSegment).min(1).max(1000),
      before: z.string().optional(),
      faults: z.array(z.string()).optional(),
      caution: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
    }),
    engine: z.string(),
    from: z.string(),
    to: z.string(),
    session: Session.optional(),
  })
  .openapi("BatchRequest");

const batch = createRoute({
  method: "post",
  path: "/batches",
  summary: "Translate a batch of segments; lines of JSON come as they are ready",
  request: { body: { required: true, ...json(WireBatch) } },
  responses: {
    200: {
      description: "Lines: `answer`, `beat` (the worker lives), at last `done` or `error`",
      content: { "application/x-ndjson": { schema: z.string() } },
    },
    ...FAILURES,
  },
});

const WorkerView = z
  .object({
    machine: z.string(),
    version: z.string(),
    capabilities: z.object({
      providers: z.array(z.string()),
      max_concurrent: z.number().int(),
      supports_batch: z.boolean(),
      supports_websocket: z.boolean(),
      local_llms: z.array(z.string()),
      hardware: z.object({ cpus: z.number().int(), memory_bytes: z.number() }),
    }),
    engines: z.array(
      z.object({
        name: z.string(),
        model: z.string().optional(),
        version: z.string(),
        priority: z.number().int(),
        capacity: z.number().int(),
        is_persistent: z.boolean(),
      }),
    ),
    batches: z.number().int(),
  })
  .openapi("WorkerView");

const worker = createRoute({
  method: "get",
  path: "/worker",
  summary: "What this machine can do for others",
  responses: { 200: { description: "Its engines", ...json(WorkerView) }, ...FAILURES },
});

/** What paired machines ask for. */
export function batchRoutes(services: Services): Api {
  return newApi()
    .openapi(worker, async (context) => context.json(await workerView(services), 200))
    .openapi(batch, async (context) => {
      const { batch: wanted, ...request } = context.req.valid("json");
      const whole = { ...wanted, segments: wanted.segments.map(withoutSkip) };
      const machine = context.env.machine ?? context.get("principal").name;
      const wish = { ...request, batch: whole } as BatchRequest;
      const read = await services.batches.open(machine, wish);
      context.header("content-type", "application/x-ndjson");
      return stream(context, async (out) => {
        const gone = new AbortController();
        out.onAbort(() => gone.abort(new FbtrError("CANCELLED", "the reader has gone")));
        for await (const line of read(gone.signal)) await out.write(`${JSON.stringify(line)}\n`);
      }) as never;
    });
}

function withoutSkip(segment: z.infer<typeof WireSegment>) {
  return { ...segment, skip: undefined };
}

async function workerView(services: Services): Promise<z.infer<typeof WorkerView>> {
  const { settings, engineParts, identity, version, batches } = services;
  const { from, to, config } = settings();
  const states = await engineStates({ ...engineParts(), from, to });
  const ready = states.filter((state) => state.ready);
  const engines: RemoteEngine[] = [];
  for (const { name, model } of ready) {
    const translator = await services.pool.get({ engine: name, from, to }, engineParts());
    const { version: engineVersion, priority, capacity, isPersistent = false } = translator;
    engines.push({
      name,
      ...(model !== undefined && { model }),
      version: engineVersion,
      priority,
      capacity,
      is_persistent: isPersistent,
    });
  }
  const capabilities = capabilitiesOf(states, config.translation.max_concurrent);
  return {
    machine: identity.id,
    version,
    capabilities: {
      ...capabilities,
      providers: [...capabilities.providers],
      local_llms: [...capabilities.local_llms],
    },
    engines,
    batches: batches.running,
  };
}
