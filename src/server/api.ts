import { OpenAPIHono } from "@hono/zod-openapi";

import { FbtrError } from "../base/errors.ts";
import type { Principal } from "./access/principal.ts";
import type { Arrival } from "./http/listeners.ts";

/** What a request brings, and what the middleware leaves for the routes. */
export interface ApiEnv {
  readonly Bindings: Arrival;
  readonly Variables: { principal: Principal };
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
