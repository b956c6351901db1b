import type { Clock } from "../base/clock.ts";
import type { EventBus } from "../base/events.ts";
import type { BilingualOrder } from "../book/bilingual.ts";
import { segmentsOf } from "../book/reading.ts";
import { sectionsOf, type BookSection } from "../book/sections.ts";
import type { Segment } from "../book/segment.ts";
import { baseNameOf, openBook, type BookSource } from "../book/source.ts";
import { judgeOf } from "../engine/checking.ts";
import { chooseEngine, type EngineChoice, type EngineParts } from "../engine/registry.ts";
import type { Translator } from "../engine/translator.ts";
import type { RedoWishes } from "../plan/redo-wishes.ts";
import { chooseSections } from "../plan/section-choice.ts";
import { runSchedule } from "../schedule/schedule.ts";
import type { Redo, WorkStore } from "../schedule/work-store.ts";
import { jobIdOf } from "./job-identity.ts";
import type { JobLimits } from "./job-limits.ts";
import { JobMemory } from "./job-memory.ts";
import { JobNews } from "./job-news.ts";
import { beginRun, type JobRun } from "./job-run.ts";
import { checkOutputs } from "./output-check.ts";
import { writeOutputs, type FileFault, type TranslateOutput } from "./outputs.ts";
import type { JobSnapshot, QaReport, ScriptChoice } from "./snapshot.ts";
import { translationLookup } from "./translations.ts";

export type { TranslateOutput } from "./outputs.ts";

export interface TranslateRequest {
  /** Session that the events belong to; undefined: the job. */
  readonly session?: string;
  /** Called with the id of the job when it is this process's, before anything is translated. */
  readonly onBegun?: (jobId: string) => void;
  /** Path that can be read more than once, and how the user named it. */
  readonly input: { readonly path: string; readonly shownAs: string };
  readonly outputs: readonly TranslateOutput[];
  readonly engine?: string;
  /** Engines for what the first one does not manage, in this order. */
  readonly fallbacks?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly script: ScriptChoice;
  /** What of an earlier run is translated again. What gets no better answer stays as it is. */
  readonly redo?: RedoWishes;
  /** Sections to translate, see `chooseSections`; undefined: all. The others are kept as they are. */
  readonly only?: readonly string[];
  /** Writes both languages, in this order. Like the script it matters at writing only. */
  readonly bilingual?: BilingualOrder;
  /** Forgets what an earlier run of the same job has translated. */
  readonly fresh: boolean;
  /** Outputs that exist are replaced. */
  readonly force: boolean;
}

/** What a job stands on, whatever the engine. */
export interface JobEnvironment {
  /** Where jobs are kept. */
  readonly stateFolder: string;
  /** Where translations are remembered for other jobs: may be emptied at any time. */
  readonly cacheFolder: string;
  readonly limits: JobLimits;
  /** Ids of the jobs that this process works on; all its runs share the set and keep it true. */
  readonly claims: Set<string>;
  /**
   * Hears of the job: `translation_started` when the book is read, `translation_progress`, and at
   * the end exactly one of `translation_completed`, `translation_interrupted` (also when `stop`
   * ended it) and `translation_error`. `session_id` is the session of the request; where it names
   * none, the id of the job, or "system" while it has none.
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

export type JobServices = JobEnvironment & EngineParts;

/**
 * Translates one book and writes it. The same request again goes on with what is there; a finished
 * job needs no engine to be written in another script. If `drain` ended it, the report's state is
 * `interrupted` and nothing is written.
 *
 * @throws FbtrError USAGE_INVALID, OUTPUT_*, BOOK_*, ENGINE_*, JOB_BUSY, JOB_STORE_FAILED; the
 *   reason of `stop`. The job can be resumed after each of them.
 */
export function translateBook(request: TranslateRequest, services: JobServices): Promise<QaReport> {
  return translateWith(() => chooseEngine(request, services), request, services);
}

/** The same with an engine that the caller chooses; it is opened here, and closed at the end. */
export async function translateWith(
  choose: () => EngineChoice | Promise<EngineChoice>,
  request: TranslateRequest,
  environment: JobEnvironment,
): Promise<QaReport> {
  const { stop } = environment;
  const news = new JobNews(environment.events, environment.clock, request.session);
  try {
    await checkOutputs(request);
    const shownAs = request.input.shownAs === "-" ? "Standard input" : request.input.shownAs;
    const book = await openBook(request.input.path, stop, shownAs);
    const selection = await selectionOf(request, book, stop);
    const choice = await choose();
    await using translator = await choice.open();
    const job = newJob(request, book, translator, choice.reason, environment);
    using run = beginRun(job, { ...environment, fresh: request.fresh, news });
    request.onBegun?.(run.id);
    return await translate(run, book, translator, { ...request, ...selection }, environment);
  } catch (error) {
    if (stop.aborted && error === stop.reason) news.interrupted();
    else news.failed(error);
    throw error;
  }
}

/** The way of a book: read, remembered, translated, written. */
async function translate(
  run: JobRun,
  book: BookSource,
  translator: Translator,
  request: TranslateRequest & Selection,
  environment: JobEnvironment,
): Promise<QaReport> {
  const { limits, drain, stop, version } = environment;
  await run.store.release({ jobId: run.id });
  await submitBook(run.store, run.id, book, request.from, stop);
  await run.store.choose(run.id, request.chosen);
  const reopened = request.again && (await run.store.reopen(run.id, request.again));
  run.start();
  using memory = new JobMemory(translator, request, environment);
  if (!request.fresh) {
    await memory.recall(run.store, run.id, (answers) => run.remembered(answers), stop);
  }
  await runSchedule({
    store: run.store,
    jobId: run.id,
    session: request.session ?? run.id,
    translator,
    judge: judgeOf(request),
    limits: { maxChars: limits.maxBatchChars, maxSegments: limits.maxBatchSegments },
    openChars: run.openChars,
    maxAttempts: translator.isPersistent ? 1 : limits.maxAttempts,
    leaseMs: limits.leaseMs,
    drain,
    stop,
    onSaved: (answers) => {
      run.translated(answers);
      memory.remember(answers);
    },
    onGivenUp: (flagged, kept) => run.givenUp(flagged, kept),
  });
  let faults: readonly FileFault[] = [];
  if (run.open === 0) {
    memory.forget(run.review());
    const translation = translationLookup(run.database, run.id);
    faults = await writeOutputs(book, request.outputs, run.snapshot, {
      translation,
      bilingual: request.bilingual,
      isPart: request.chosen !== undefined,
      version,
      signal: stop,
    });
  }
  const warnings = [...memory.warnings, ...redoWarnings(reopened, run.restored)];
  const faultLines = faults.map(({ path, check, message }) => `${path}: ${check}: ${message}`);
  const isWhole = faults.every(({ check }) => check !== "C61");
  return run.end([...warnings, ...faultLines], isWhole);
}

/** Parts of the book that the request names, now that the book can be asked. */
interface Selection {
  /** Numbers of the sections to translate; undefined: all. */
  readonly chosen: readonly number[] | undefined;
  readonly again: Redo | undefined;
}

/** @throws FbtrError USAGE_INVALID where the book has no such section. */
async function selectionOf(
  { redo, only, from }: TranslateRequest,
  book: BookSource,
  stop: AbortSignal,
): Promise<Selection> {
  const isAsked = only !== undefined || (redo?.sections.length ?? 0) > 0;
  const sections: BookSection[] = isAsked ? await sectionsOf(book, from, stop) : [];
  return {
    chosen: only && chooseSections(only, sections),
    again: redo && {
      flagged: redo.flagged,
      fallbacks: redo.draft ? ["draft"] : [],
      sections: chooseSections(redo.sections, sections),
    },
  };
}

function redoWarnings(reopened: number | undefined, restored: number): string[] {
  const segments = restored === 1 ? "1 segment" : `${restored} segments`;
  return [
    ...(reopened === 0 ? ["--redo found nothing that is to be translated again"] : []),
    ...(restored > 0 ? [`no better translation of ${segments}: the earlier one stays`] : []),
  ];
}

async function submitBook(
  store: WorkStore,
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

/** The job as it is if it begins now. */
function newJob(
  { input, outputs, from, to, script }: TranslateRequest,
  { sha256: bookSha256 }: BookSource,
  { name: engine, version: engineVersion }: Translator,
  engineReason: string,
  { clock }: JobEnvironment,
): JobSnapshot {
  const now = new Date(clock.now()).toISOString();
  return {
    id: jobIdOf({ bookSha256, engine, engineVersion, from, to }),
    state: "running",
    input: input.shownAs,
    outputs: outputs.map(({ path, shownAs }) => shownAs ?? path),
    title: baseNameOf(input.shownAs),
    engine,
    engineReason,
    sourceLanguage: from,
    targetLanguage: to,
    script,
    createdAt: now,
    updatedAt: now,
    segments: { total: 0, translated: 0, kept: 0, flagged: 0, resumed: 0, remembered: 0 },
    sections: { total: 0, done: 0 },
    elapsedMs: 0,
  };
}
