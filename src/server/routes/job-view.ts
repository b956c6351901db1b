import { z } from "@hono/zod-openapi";

import { showJob } from "../../job/jobs.ts";
import type { Submission } from "../books/submission.ts";

/** A book as the API shows it. */
export const Job = z
  .object({
    id: z.string(),
    session_id: z.string(),
    job_id: z.string().optional(),
    status: z.string(),
    name: z.string(),
    priority: z.number().int(),
    created_at: z.string(),
    updated_at: z.string(),
    request: z.looseObject({}),
    progress: z.looseObject({}).optional(),
    error: z
      .object({ code: z.string(), error: z.string(), hint: z.string().optional() })
      .optional(),
  })
  .openapi("Job");

/** A submission with what is known of its job. */
export function jobView(submission: Submission, stateFolder: string): z.infer<typeof Job> {
  const { id, session, state, priority, request, createdAt, updatedAt, job, error } = submission;
  const progress = job === undefined ? undefined : showJob(stateFolder, job);
  return {
    id,
    session_id: session,
    ...(job !== undefined && { job_id: job }),
    status: state,
    name: request.name,
    priority,
    created_at: createdAt,
    updated_at: updatedAt,
    request: { ...request },
    ...(progress && { progress: { ...progress } }),
    ...(error && { error }),
  };
}
