import { createRoute, z } from "@hono/zod-openapi";

import { FbtrError } from "../../base/errors.ts";
import { baseNameOf } from "../../book/source.ts";
import { showJob, showReport } from "../../job/jobs.ts";
import { newApi, type Api } from "../api.ts";
import type { Submission } from "../books/submission.ts";
import { FAILURES, Message, json } from "../schemas.ts";
import type { Services } from "../services.ts";
import { BookWishes, bookUpload } from "./book-upload.ts";
import { FB2_TYPE, bookAnswer, notYet } from "./book-answer.ts";
import { EVENT_LINES, eventLines } from "./events.ts";
import { Job, jobView } from "./job-view.ts";

const JobParams = z.object({ id: z.string().openapi({ param: { name: "id", in: "path" } }) });
const Binary = z.string().openapi({ format: "binary" });

/** A book in a request: itself, or in a form. */
const BOOK_CONTENT = {
  [FB2_TYPE]: { schema: Binary },
  "application/octet-stream": { schema: Binary },
  "application/zip": { schema: Binary },
  "multipart/form-data": { schema: BookWishes.extend({ file: Binary }) },
};

const jobRoute = (method: "get" | "post", path: string, summary: string) =>
  createRoute({
    method,
    path,
    summary,
    request: { params: JobParams },
    responses: { 200: { description: "The job", ...json(Job) }, ...FAILURES },
  });

const list = createRoute({
  method: "get",
  path: "/jobs",
  summary: "All books, the newest first",
  responses: { 200: { description: "Jobs", ...json(z.object({ jobs: z.array(Job) })) } },
});

const remove = createRoute({
  method: "delete",
  path: "/jobs/{id}",
  summary: "Forget a book with its files",
  request: { params: JobParams },
  responses: { 200: { description: "Forgotten", ...json(Message) }, ...FAILURES },
});

/** Books that are translated in the background. */
export function jobRoutes(services: Services): Api {
  const { books, stateFolder } = services;
  const view = (submission: Parameters<typeof jobView>[0]) => jobView(submission, stateFolder);
  const api = newApi()
    .openapi(list, (context) => context.json({ jobs: books.list().map(view) }, 200))
    .openapi(jobRoute("get", "/jobs/{id}", "A book, and how far it is"), (context) =>
      context.json(view(books.get(context.req.valid("param").id)), 200),
    )
    .openapi(remove, async (context) => {
      await books.remove(context.req.valid("param").id);
      return context.json({ message: "Job removed" }, 200);
    })
    .openapi(jobRoute("post", "/jobs/{id}/pause", "Let a book rest"), async (context) =>
      context.json(view(await books.pause(context.req.valid("param").id)), 200),
    )
    .openapi(jobRoute("post", "/jobs/{id}/resume", "Go on with a book"), (context) =>
      context.json(view(books.resume(context.req.valid("param").id)), 200),
    )
    .openapi(jobRoute("post", "/jobs/{id}/cancel", "Give a book up"), async (context) =>
      context.json(view(await books.cancel(context.req.valid("param").id)), 200),
    ) as Api;
  addFileRoutes(api, services);
  return api;
}

/** Routes that take or give something else than JSON of ours. */
function addFileRoutes(api: Api, services: Services): void {
  const { books, stateFolder } = services;
  api.openAPIRegistry.registerPath({
    method: "post",
    path: "/jobs",
    summary: "Hand in a book",
    request: { query: BookWishes, body: { required: true, content: BOOK_CONTENT } },
    responses: { 201: { description: "The job", ...json(Job) }, ...FAILURES },
  });
  api.post("/jobs", async (context) => {
    const { id, request, session, priority } = await bookUpload(context, services);
    const submission = books.submit(id, request, { session, priority });
    context.header("location", `/api/v1/jobs/${id}`);
    return context.json(jobView(submission, stateFolder), 201);
  });
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/jobs/{id}/result",
    summary: "The translated book",
    request: { params: JobParams, query: z.object({ script: z.string().optional() }) },
    responses: {
      200: { description: "FB2", content: { [FB2_TYPE]: { schema: Binary } } },
      ...FAILURES,
    },
  });
  api.get("/jobs/:id/result", (context) =>
    bookAnswer(books.get(context.req.param("id")), services, context.req.query("script")),
  );
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/jobs/{id}/report",
    summary: "The report of a book as far as it is",
    request: { params: JobParams },
    responses: { 200: { description: "Report", ...json(z.looseObject({})) }, ...FAILURES },
  });
  api.get("/jobs/:id/report", (context) => {
    const { job, request } = books.get(context.req.param("id"));
    if (job === undefined) throw notYet(request.name);
    return context.json(showReport(stateFolder, job));
  });
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/jobs/{id}/events",
    summary: "The events of a book as lines of JSON, from its beginning or since one",
    request: { params: JobParams, query: z.object({ since: z.string().optional() }) },
    responses: { 200: EVENT_LINES, ...FAILURES },
  });
  api.get("/jobs/:id/events", (context) => {
    const { session } = books.get(context.req.param("id"));
    return eventLines(context, services, { session, since: context.req.query("since") ?? "" });
  });
  addUpload(api, services);
}

/** The upload of existing clients: the answer is the translated book. */
function addUpload(api: Api, services: Services): void {
  const { books } = services;
  api.openAPIRegistry.registerPath({
    method: "post",
    path: "/translate/fb2",
    summary: "Translate a book, and wait for it",
    request: { query: BookWishes, body: { required: true, content: BOOK_CONTENT } },
    responses: {
      200: { description: "FB2", content: { [FB2_TYPE]: { schema: Binary } } },
      ...FAILURES,
    },
  });
  api.post("/translate/fb2", async (context) => {
    const { id, request, session, priority } = await bookUpload(context, services);
    books.submit(id, request, { session, priority });
    const { signal } = context.req.raw;
    try {
      const ended = await books.ended(id, signal);
      if (ended.error !== undefined && ended.error.code !== "BUG") {
        const { code, error, hint } = ended.error;
        throw new FbtrError(code, error, hint === undefined ? {} : { hint });
      }
      return bookAnswer(ended, services, undefined, uploadName(ended, services));
    } catch (error) {
      // Nobody waits for it any more; the same upload goes on with what is there.
      if (signal.aborted) await books.cancel(id);
      throw error;
    }
  });
}

/** `<base>_sr_<provider>.<ending>`, as existing clients know it. */
function uploadName({ request, job }: Submission, { stateFolder }: Services): string {
  const engine = job === undefined ? "" : `_${showJob(stateFolder, job).engine}`;
  return `${baseNameOf(request.name)}_${request.to}${engine}.${request.format}`;
}
