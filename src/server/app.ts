import { FbtrError } from "../base/errors.ts";
import { newApi, type Api } from "./api.ts";
import { errorAnswer } from "./http/error-answer.ts";
import { eventRoutes } from "./routes/events.ts";
import { healthRoutes } from "./routes/health.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { textRoutes } from "./routes/texts.ts";
import type { Services } from "./services.ts";

/** The HTTP API as one function of requests. */
export function createApp(services: Services): Api {
  const app = newApi();
  app.onError((error, context) => errorAnswer(error, context));
  app.notFound((context) => {
    const message = `there is nothing at ${context.req.method} ${context.req.path}`;
    const hint = "GET / lists the endpoints.";
    return errorAnswer(new FbtrError("NOT_FOUND", message, { hint }), context);
  });
  app.route("/", healthRoutes(services));
  app.route("/api/v1", textRoutes(services));
  app.route("/api/v1", jobRoutes(services));
  app.route("/api/v1", eventRoutes(services));
  return app;
}
