import type { DatabaseSync } from "node:sqlite";

import type { Clock } from "../base/clock.ts";
import type { EventBus } from "../base/events.ts";
import { segmentsOf } from "../book/reading.ts";
import type { Segment } from "../book/segment.ts";
import { baseNameOf, openBook, type BookFormat, type BookSource } from "../book/source.ts";
import { writeBook } from "../book/writing.ts";
import { chooseEngine, type EngineParts } from "../engine/registry.ts";
import { toLatin } from "../language/latin.ts";
import { runSchedule } from "../schedule/schedule.ts";
import { documentIdOf, jobIdOf } from "./job-identity.ts";
import type { JobLimits } from "./job-limits.ts";
import { claimJob, saveSnapshot } from "./jobs.ts";
import { checkOutputs } from "./output-check.ts";
import type { JobSnapshot, QaReport, ScriptChoice } from "./snapshot.ts";
import { SqliteWorkStore } from "./sqlite-work-store.ts";
import { openStateFile } from "./state-file.ts";
import { reportOf, translationLookup } from "./translations.ts";

export interface TranslateOutput {
  readonly path: string;
  readonly script: "cyrillic" | "latin";
  readonly format: BookFormat;
}

export interface TranslateRequest {
  /** Path that can be read more than once, and how the user named it. */
  readonly input: { readonly path: string; readonly shownAs: string };
  readonly outputs: readonly TranslateOutput[];
  readonly engine?: string;
  readonly from: string;
  readonly to: string;
  readonly script: ScriptChoice;
  /** Forgets what an earlier run of the same job has translated. */
  readonly fresh: boolean;
  /** Outputs that exist are replaced. */
  readonly force: boolean;
}

export interface JobServices extends EngineParts {
  /** Where jobs are kept. */
  readonly stateFolder: string;
  /** Where translations are remembered for other jobs: may be emptied at any time. */
  readonly cacheFolder: string;
  readonly limits: JobLimits;
  /**
   * Hears of the job. `session_id` is its id, or "system" while it has none. After
   * `translation_started` comes exactly one of `translation_completed`, `translation_interrupted`
   * and `translation_error`; before it only the last.
   */
  readonly events: EventBus;
  readonly clock: Clock;
  /** Aborted: finish the batches in flight, save, end as interrupted. */
  readonly drain: AbortSignal;
  /** Aborted: end now. */
  readonly stop: AbortSignal;
  /** Version of fbtr. */
  readonly version: string;
}

const LIMITS = { maxChars: 4000, maxSegments: 50 };
const MAX_ATTEMPTS = 3;
const LEASE_MS = 60_000;

/**
 * Translates one book and writes it. The same request again goes on with what is there; a finished
 * job needs no engine to be written in another script. If `drain` ended it, the report's state is
 * `interrupted` and nothing is written.
 *
 * @throws FbtrError USAGE_INVALID, OUTPUT_*, BOOK_*, ENGINE_*, JOB_BUSY, JOB_STORE_FAILED; the
 *   reason of `stop`. The job can be resumed after each of them.
 */
export async function translateBook(
  request: TranslateRequest,
  services: JobServices,
): Promise<QaReport> {
  const began = services.clock.elapsed();
  await checkOutputs(request);
  const book = await openBook(request.input.path, services.stop);
  const choice = chooseEngine(request.engine, request, services);
  await using translator = await choice.open();
  const database = openStateFile(services.stateFolder);
  let job: JobSnapshot | undefined;
  try {
    const { name: engine, version: engineVersion } = translator;
    const id = jobIdOf({ ...request, bookSha256: book.sha256, engine, engineVersion });
    const made = newSnapshot(id, request, services, engine, choice.reason);
    job = begun(claimJob(database, request.fresh, made), made);
    const store = new SqliteWorkStore(database, services.clock);
    await store.release({ jobId: id });
    await submitBook(store, id, book, request.from, services.stop);
    const before = await store.progress(id);
    await runSchedule({
      store,
      jobId: id,
      translator,
      limits: LIMITS,
      maxAttempts: MAX_ATTEMPTS,
      leaseMs: LEASE_MS,
      drain: services.drain,
      stop: services.stop,
      onSaved: () => undefined,
    });
    const after = await store.progress(id);
    const segments = { ...after, resumed: before.translated };
    const end = after.open > 0 ? "interrupted" : after.flagged > 0 ? "incomplete" : "done";
    if (end !== "interrupted") await writeOutputs(book, request, services, database, job);
    const updatedAt = new Date(services.clock.now()).toISOString();
    job = { ...job, state: end, segments, updatedAt };
    return reportOf(database, job, services.clock.elapsed() - began);
  } finally {
    if (job)
      saveSnapshot(database, job.state === "running" ? { ...job, state: "interrupted" } : job);
    database.close();
  }
}

/** Stored when the job began: its date stays, so that a resumed book is equal byte for byte. */
function begun(stored: JobSnapshot, made: JobSnapshot): JobSnapshot {
  return { ...made, createdAt: stored.createdAt };
}

function newSnapshot(
  id: string,
  { input, outputs, from, to, script }: TranslateRequest,
  { clock }: JobServices,
  engine: string,
  engineReason: string,
): JobSnapshot {
  const now = new Date(clock.now()).toISOString();
  return {
    id,
    state: "running",
    input: input.shownAs,
    outputs: outputs.map(({ path }) => path),
    title: baseNameOf(input.shownAs),
    engine,
    engineReason,
    sourceLanguage: from,
    targetLanguage: to,
    script,
    createdAt: now,
    updatedAt: now,
    segments: { total: 0, translated: 0, kept: 0, flagged: 0, resumed: 0 },
    sections: { total: 0, done: 0 },
  };
}

async function submitBook(
  store: SqliteWorkStore,
  jobId: string,
  book: BookSource,
  from: string,
  stop: AbortSignal,
): Promise<void> {
  let part: Segment[] = [];
  for await (const segment of segmentsOf(book, from, stop)) {
    part.push(segment);
    if (part.length < 1000) continue;
    await store.submit(jobId, part);
    part = [];
  }
  await store.submit(jobId, part);
}

async function writeOutputs(
  book: BookSource,
  { outputs, from }: TranslateRequest,
  { version, stop }: JobServices,
  database: DatabaseSync,
  { id, createdAt, engine }: JobSnapshot,
): Promise<void> {
  const translation = translationLookup(database, id);
  const date = createdAt.slice(0, 10);
  for (const { path, format, script } of outputs) {
    const latin = script === "latin";
    const metadata = {
      language: latin ? ("sr-Latn" as const) : ("sr" as const),
      sourceLanguage: from,
      documentId: documentIdOf(id, date),
      date,
      program: `fbtr ${version}`,
      translator: `fbtr (${engine})`,
      historyNote: `Translated from ${from} by fbtr ${version}, engine ${engine}.`,
    };
    const translationOf = ({ index }: Segment) => {
      const text = translation(index);
      return latin && text !== undefined ? toLatin(text) : text;
    };
    const target = { path, format, date: new Date(createdAt) };
    await writeBook(book, target, { sourceLanguage: from, metadata, translationOf }, stop);
  }
}
