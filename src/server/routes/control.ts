import { createRoute } from "@hono/zod-openapi";

import { newApi, type Api } from "../api.ts";
import { FAILURES, Message, json } from "../schemas.ts";
import type { Services } from "../services.ts";

const stop = createRoute({
  method: "post",
  path: "/daemon/stop",
  summary: "Finish what is begun, save it, and end the daemon",
  responses: { 202: { description: "It ends", ...json(Message) }, ...FAILURES },
});

const reload = createRoute({
  method: "post",
  path: "/daemon/reload",
  summary: "Read the configuration anew; one that is invalid changes nothing",
  responses: { 200: { description: "Read", ...json(Message) }, ...FAILURES },
});

/** The life of the daemon itself. */
export function controlRoutes({ control }: Services): Api {
  return newApi()
    .openapi(stop, (context) => {
      control.stop(context.get("principal").name);
      return context.json({ message: "The daemon finishes what is begun, and ends" }, 202);
    })
    .openapi(reload, async (context) => {
      await control.reload(context.get("principal").name);
      return context.json({ message: "The configuration was read anew" }, 200);
    });
}
