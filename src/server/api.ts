import { OpenAPIHono } from "@hono/zod-openapi";

import { FbtrError } from "../base/errors.ts";

/** What the middleware leaves for the routes. */
export interface ApiEnv {
  readonly Variables: Record<string, never>;
}

export type Api = OpenAPIHono<ApiEnv>;

/** A part of the API; what a request has wrong is told in one line. */
export function newApi(): Api {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const place = issue?.path.join(".") ?? "";
      const message = place === "" ? issue?.message : `${place}: ${issue?.message}`;
      throw new FbtrError("USAGE_INVALID", message ?? "the request is invalid", {
        hint: "GET /api/v1/openapi.json describes every request.",
      });
    },
  });
}
