import { createReadStream } from "node:fs";

import { FbtrError, VERDICTS, type ErrorCode } from "../base/errors.ts";
import type { FbtrEvent } from "../base/events.ts";
import { replaceFiles } from "../book/atomic-file.ts";
import { openBook } from "../book/source.ts";
import { localDaemon, remoteDaemon } from "../client/daemon-address.ts";
import { DaemonClient, type DaemonJob } from "../client/daemon-client.ts";
import { watchJob } from "../client/job-watch.ts";
import { checkOutputs } from "../job/output-check.ts";
import type { QaReport } from "../job/snapshot.ts";
import { readRecord } from "../server/life/daemon-record.ts";
import { Detached, type BookWork } from "./book-work.ts";
import { stateFolderOf, type Surroundings } from "./compose.ts";
import type { Interruption } from "./interruption.ts";
import type { PlannedBook } from "./output-plan.ts";
import type { RunRequest } from "./translation-run.ts";

/** Variable of the token for a daemon at a URL: arguments can be read by others. */
const TOKEN_VARIABLE = "FBTR_TOKEN";

/**
 * The daemon that the user means.
 *
 * @param url as it stands on the command line; `local`: the one of this user on this machine.
 * @throws FbtrError DAEMON_ABSENT, USAGE_INVALID.
 */
export async function daemonClient(url: string, surroundings: Surroundings): Promise<DaemonClient> {
  if (url !== "local") {
    return new DaemonClient(remoteDaemon(url, surroundings.environment[TOKEN_VARIABLE]));
  }
  const record = readRecord(await stateFolderOf(surroundings));
  if (record) return new DaemonClient(localDaemon(record));
  throw new FbtrError("DAEMON_ABSENT", "no daemon runs", {
    hint: "Start one with `fbtr daemon start`.",
  });
}

/**
 * The book of a daemon whose id, or the id of its job, begins with `prefix`.
 *
 * @throws FbtrError JOB_UNKNOWN if there is none or more than one; DAEMON_ABSENT.
 */
export async function findBook(client: DaemonClient, prefix: string): Promise<DaemonJob> {
  const all = await client.jobs();
  const found = all.filter(({ id, job_id }) => id.startsWith(prefix) || job_id?.startsWith(prefix));
  if (found.length === 1 && found[0]) return found[0];
  const message =
    found.length === 0
      ? `the daemon has no book ${prefix}`
      : `more than one book of the daemon begins with ${prefix}`;
  throw new FbtrError("JOB_UNKNOWN", message, {
    hint: "Books are handed in with `fbtr translate --daemon`.",
  });
}

/**
 * Has books translated by a daemon. The first Ctrl-C leaves them to it.
 *
 * @param print takes the events of the books.
 */
export function daemonWork(
  client: DaemonClient,
  request: RunRequest,
  { drain, stop }: Pick<Interruption, "drain" | "stop">,
  print: (event: FbtrEvent) => void,
): BookWork {
  const leaving = AbortSignal.any([drain, stop]);
  return {
    translate: async (book, path) => {
      const { outputs, input } = book;
      await checkOutputs({ input: { path }, outputs, force: request.force });
      await openBook(path, stop, input);
      const job = await client.submit(createReadStream(path), wishesOf(request, book));
      const report = await reportOf(client, job, leaving, print);
      await replaceFiles(
        outputs.map(({ path: target, script }) => ({
          path: target,
          produce: async (write) => {
            for await (const chunk of await client.result(job.id, script, stop)) await write(chunk);
          },
        })),
      );
      const places = outputs.map((output) => output.shownAs ?? output.path);
      return { ...report, snapshot: { ...report.snapshot, outputs: places } };
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

function wishesOf(request: RunRequest, { input, outputs }: PlannedBook) {
  const { engine, fallbacks, from, to, script, bilingual, redo, only, fresh } = request;
  const again = redo && [
    ...(redo.flagged ? ["flagged"] : []),
    ...(redo.draft ? ["draft"] : []),
    ...redo.sections,
  ];
  return {
    name: input === "-" ? "book.fb2" : input,
    provider: engine,
    fallback: fallbacks.join(","),
    source_language: from,
    target_language: to,
    script,
    format: outputs[0]?.format,
    bilingual,
    redo: again?.join(","),
    only: only?.join(","),
    fresh: fresh ? "true" : undefined,
  };
}

/** Follows a book to its end. @throws FbtrError why it has none; Detached when `leaving` is aborted. */
export async function reportOf(
  client: DaemonClient,
  job: DaemonJob,
  leaving: AbortSignal,
  print: (event: FbtrEvent) => void,
): Promise<QaReport> {
  let failure: FbtrError | undefined;
  try {
    for await (const event of watchJob(client, job.session_id, leaving)) {
      print(event);
      if (event.type === "translation_error") failure = errorOf(event.data);
    }
  } catch (error) {
    if (leaving.aborted) throw new Detached(job.id);
    throw error;
  }
  const { status } = await client.job(job.id);
  if (status === "done" || status === "incomplete") return client.report(job.id);
  throw failure ?? new FbtrError("CANCELLED", `${job.name} is ${status} in the daemon`);
}

function errorOf({ code, error, hint }: { code: string; error: string; hint?: string }): FbtrError {
  const known = code in VERDICTS ? (code as ErrorCode) : "DAEMON_FAILED";
  return new FbtrError(known, error, hint === undefined ? {} : { hint });
}
