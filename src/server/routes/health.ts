import { createRoute, z } from "@hono/zod-openapi";

import { newApi, type Api } from "../api.ts";
import type { Services } from "../services.ts";

const Health = z
  .object({ status: z.literal("healthy"), version: z.string(), time: z.iso.datetime() })
  .openapi("Health");

const health = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the daemon lives",
  responses: {
    200: { description: "It does", content: { "application/json": { schema: Health } } },
  },
});

export function healthRoutes({ version, clock }: Services): Api {
  return newApi().openapi(health, (context) => {
    const time = new Date(clock.now()).toISOString();
    return context.json({ status: "healthy" as const, version, time }, 200);
  }) as Api;
}
