import { FbtrError } from "../base/errors.ts";
import { admit, type Gate } from "./access/authentication.ts";
import { newApi, type Api } from "./api.ts";
import { errorAnswer } from "./http/error-answer.ts";
import { checkBody } from "./http/request-body.ts";
import { checkPlace, type PlaceRules } from "./http/request-place.ts";
import { aboutRoutes } from "./routes/about.ts";
import { batchRoutes } from "./routes/batches.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { controlRoutes } from "./routes/control.ts";
import { distributedRoutes } from "./routes/distributed.ts";
import { documentationRoutes } from "./routes/documentation.ts";
import { eventRoutes, socketRoute } from "./routes/events.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { scriptRoutes } from "./routes/scripts.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { textRoutes } from "./routes/texts.ts";
import { validationRoutes } from "./routes/validation.ts";
import type { Services } from "./services.ts";

/** What stands before the routes. */
export interface Guards extends Gate {
  readonly places: PlaceRules;
  /** Hears of bugs, which clients are told nothing of. */
  readonly onFault: (error: unknown) => void;
}

/** The HTTP API as one function of requests. */
export function createApp(services: Services, guards: Guards): Api {
  const app = newApi();
  app.onError((error, context) => errorAnswer(error, context, guards.onFault));
  app.notFound((context) => {
    const message = `there is nothing at ${context.req.method} ${context.req.path}`;
    const hint = "GET / lists the endpoints.";
    return errorAnswer(new FbtrError("NOT_FOUND", message, { hint }), context, guards.onFault);
  });
  app.use(checkPlace(guards.places));
  app.use(admit(guards));
  app.use(checkBody);
  app.route("/", aboutRoutes(services));
  app.route("/", socketRoute());
  const parts = [
    textRoutes(services),
    validationRoutes(services),
    scriptRoutes(),
    jobRoutes(services),
    sessionRoutes(services),
    eventRoutes(services),
    distributedRoutes(services),
    batchRoutes(services),
    configurationRoutes(services),
    controlRoutes(services),
    documentationRoutes(app, services),
  ];
  for (const part of parts) app.route("/api/v1", part);
  return app;
}
