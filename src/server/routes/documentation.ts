import { newApi, type Api } from "../api.ts";
import type { Services } from "../services.ts";

/** The description of `app`, made from the schemas that validate its requests. */
export function documentationRoutes(app: Api, { version }: Services): Api {
  return newApi().get("/openapi.json", (context) =>
    context.json(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "fbtr",
          version,
          description: "Translates FictionBook 2 books on your own machines.",
          license: { name: "MIT" },
        },
      }),
    ),
  ) as Api;
}
