import { createRoute, z } from "@hono/zod-openapi";

import { newApi, type Api } from "../api.ts";
import { FAILURES, json } from "../schemas.ts";
import type { Services } from "../services.ts";

const Configuration = z
  .object({ file: z.string(), config: z.looseObject({}) })
  .openapi("Configuration");

const show = createRoute({
  method: "get",
  path: "/config",
  summary: "The configuration; secrets are not shown",
  responses: { 200: { description: "What the daemon goes by", ...json(Configuration) } },
});

const Changes = z
  .record(z.string().regex(/^[\w-]+(?:\.[\w-]+)+$/), z.unknown())
  .openapi("ConfigurationChanges", { example: { "translation.max_batch_chars": 3000 } });

const change = createRoute({
  method: "patch",
  path: "/config",
  summary: "Change keys of the configuration file; null takes one away. All of it or nothing",
  request: { body: { required: true, ...json(Changes) } },
  responses: {
    200: { description: "What the daemon goes by now", ...json(Configuration) },
    ...FAILURES,
  },
});

export function configurationRoutes({ settings, control }: Services): Api {
  const view = () => {
    const { file, config } = settings();
    return { file, config: JSON.parse(JSON.stringify(config)) as Record<string, unknown> };
  };
  return newApi()
    .openapi(show, (context) => context.json(view(), 200))
    .openapi(change, async (context) => {
      await control.change(context.req.valid("json"), context.get("principal").name);
      return context.json(view(), 200);
    });
}
