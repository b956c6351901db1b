import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

import { FbtrError } from "../../base/errors.ts";
import type { Submission } from "../books/submission.ts";
import type { Services } from "../services.ts";

export const FB2_TYPE = "application/x-fictionbook+xml";

/**
 * The translated book as an answer.
 *
 * @param script that was asked for; undefined: the first one that was written.
 * @param name of the file; undefined: that of `fbtr translate`.
 * @throws FbtrError JOB_UNFINISHED; USAGE_INVALID for a script that was not written.
 */
export function bookAnswer(
  submission: Submission,
  { books }: Services,
  script: string | undefined,
  name?: string,
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
  const headers = {
    "content-type": output.format === "fb2" ? FB2_TYPE : "application/zip",
    "content-disposition": dispositionOf(name ?? output.shownAs),
    "x-session-id": submission.session,
  };
  return new Response(Readable.toWeb(createReadStream(output.path)) as ReadableStream, { headers });
}

export function notYet(name: string): FbtrError {
  return new FbtrError("JOB_UNFINISHED", `${name} is not translated yet`, {
    hint: "Wait for its event translation_completed.",
  });
}

/** RFC 6266: a name for old clients, and the true one. */
function dispositionOf(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
