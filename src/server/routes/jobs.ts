import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

import { FbtrError } from "../../base/errors.ts";
import { showJob, showReport } from "../../job/jobs.ts";
import { newApi, type Api } from "../api.ts";
import type { Submission } from "../books/submission.ts";
import type { Services } from "../services.ts";
import { bookUpload } from "./book-upload.ts";

const FB2_TYPE = "application/x-fictionbook+xml";

/** Books that are translated in the background. */
export function jobRoutes(services: Services): Api {
  const { books, stateFolder } = services;
  const api = newApi();
  const viewOf = (submission: Submission) => jobView(submission, stateFolder);
  api.post("/jobs", async (context) => {
    const { id, request, session, priority } = await bookUpload(context, services);
    const submission = books.submit(id, request, { session, priority });
    context.header("location", `/api/v1/jobs/${id}`);
    return context.json(viewOf(submission), 201);
  });
  api.get("/jobs", (context) => context.json({ jobs: books.list().map(viewOf) }));
  api.get("/jobs/:id", (context) => context.json(viewOf(books.get(context.req.param("id")))));
  api.delete("/jobs/:id", async (context) => {
    await books.remove(context.req.param("id"));
    return context.json({ message: "Job removed" });
  });
  api.post("/jobs/:id/pause", async (context) =>
    context.json(viewOf(await books.pause(context.req.param("id")))),
  );
  api.post("/jobs/:id/resume", (context) =>
    context.json(viewOf(books.resume(context.req.param("id")))),
  );
  api.post("/jobs/:id/cancel", async (context) =>
    context.json(viewOf(await books.cancel(context.req.param("id")))),
  );
  api.get("/jobs/:id/report", (context) => {
    const { job, request } = books.get(context.req.param("id"));
    if (job === undefined) throw notYet(request.name);
    return context.json(showReport(stateFolder, job));
  });
  api.get("/jobs/:id/result", (context) => {
    const submission = books.get(context.req.param("id"));
    return resultOf(submission, services, context.req.query("script"));
  });
  return api;
}

/** The translated book. @throws FbtrError JOB_UNFINISHED; USAGE_INVALID for another script. */
export function resultOf(
  submission: Submission,
  { books }: Pick<Services, "books">,
  script: string | undefined,
): Response {
  const { state, request } = submission;
  if (state !== "done" && state !== "incomplete") throw notYet(request.name);
  const outputs = books.outputsOf(submission);
  const output = script === undefined ? outputs[0] : outputs.find((one) => one.script === script);
  if (output === undefined) {
    throw new FbtrError("USAGE_INVALID", `${request.name} was not written in ${script}`, {
      hint: `Scripts: ${outputs.map((one) => one.script).join(", ")}.`,
    });
  }
  const name = encodeURIComponent(output.shownAs);
  return new Response(Readable.toWeb(createReadStream(output.path)) as ReadableStream, {
    headers: {
      "content-type": FB2_TYPE,
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
    },
  });
}

function notYet(name: string): FbtrError {
  return new FbtrError("JOB_UNFINISHED", `${name} is not translated yet`, {
    hint: "Wait for its event translation_completed.",
  });
}

/** A submission with what is known of its job. */
function jobView(submission: Submission, stateFolder: string) {
  const { id, session, state, priority, request, createdAt, updatedAt, job, error } = submission;
  const snapshot = job === undefined ? undefined : showJob(stateFolder, job);
  return {
    id,
    session_id: session,
    status: state,
    name: request.name,
    priority,
    created_at: createdAt,
    updated_at: updatedAt,
    request,
    ...(snapshot && { progress: snapshot }),
    ...(error && { error }),
  };
}
