import type { DatabaseSync } from "node:sqlite";

import type { Clock } from "../base/clock.ts";
import type { Segment } from "../book/segment.ts";
import type { AnsweredSegment } from "../engine/translator.ts";
import { BookReview } from "./book-review.ts";
import type { JobNews } from "./job-news.ts";
import { JobProgress } from "./job-progress.ts";
import { claimJob, saveSnapshot } from "./jobs.ts";
import type { JobSnapshot, QaReport } from "./snapshot.ts";
import { SqliteWorkStore } from "./sqlite-work-store.ts";
import { openStateFile } from "./state-file.ts";
import { storedSegments } from "./stored-segments.ts";
import { lossWarnings, reportOf, segmentsLost } from "./report.ts";

/** How old the stored snapshot of a running job may be. */
const SNAPSHOT_INTERVAL_MS = 1000;

/**
 * Makes the job, or goes on with it, for this process. Dispose of the run when it ends.
 *
 * @param made the job as it is if it begins now; an earlier run of the same job had the same date.
 * @throws FbtrError JOB_BUSY, JOB_STORE_FAILED.
 */
export function beginRun(
  made: JobSnapshot,
  options: {
    readonly stateFolder: string;
    readonly fresh: boolean;
    readonly claims: Set<string>;
    readonly clock: Clock;
    readonly news: JobNews;
  },
): JobRun {
  const database = openStateFile(options.stateFolder);
  try {
    const { createdAt } = claimJob(database, options, made);
    options.news.about(made.id);
    return new JobRun(database, { ...made, createdAt }, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * One run of a job: keeps its snapshot true, in the store for other processes and in events for
 * those who listen.
 */
export class JobRun implements Disposable {
  readonly database: DatabaseSync;
  readonly store: SqliteWorkStore;
  readonly #clock: Clock;
  readonly #news: JobNews;
  readonly #claims: Set<string>;
  #job: JobSnapshot;
  #progress: JobProgress;
  readonly #review: BookReview;
  #ticker: NodeJS.Timeout | undefined;
  #savedAtMs: number;
  #tickFailure: unknown;
  #restored = 0;

  constructor(
    database: DatabaseSync,
    job: JobSnapshot,
    {
      clock,
      news,
      claims,
    }: { readonly clock: Clock; readonly news: JobNews; readonly claims: Set<string> },
  ) {
    this.database = database;
    this.#claims = claims;
    this.store = new SqliteWorkStore(database, clock);
    this.#clock = clock;
    this.#news = news;
    this.#job = job;
    this.#savedAtMs = clock.elapsed();
    this.#progress = new JobProgress([], this.#savedAtMs);
    this.#review = new BookReview(database, job.id, job.targetLanguage);
    claims.add(job.id);
  }

  get id(): string {
    return this.#job.id;
  }

  get open(): number {
    return this.#progress.open;
  }

  get openChars(): number {
    return this.#progress.openChars;
  }

  /** Called when the store has all segments of the book: counts them and tells that work begins. */
  start(): void {
    const stored = storedSegments(this.database, this.id);
    this.#progress = new JobProgress(stored, this.#clock.elapsed());
    this.#job = { ...this.#job, title: this.#progress.title ?? this.#job.title };
    this.#news.started(this.#save());
    this.#ticker = setInterval(() => this.#tick(), SNAPSHOT_INTERVAL_MS);
  }

  /** Hears of translations by the engine that are on disk. */
  translated(answers: readonly AnsweredSegment[]): void {
    const now = this.#clock.elapsed();
    for (const { segment, result } of answers) this.#progress.translated(segment, result, now);
    this.#moved();
  }

  /** Hears of translations from the memory that are on disk. */
  remembered(answers: readonly AnsweredSegment[]): void {
    for (const { segment, result } of answers) this.#progress.remembered(segment, result);
    this.#moved();
  }

  /** Hears of segments that were given up; those `kept` have the translation that they had. */
  givenUp(flagged: readonly Segment[], kept: readonly Segment[]): void {
    const now = this.#clock.elapsed();
    for (const segment of flagged) this.#progress.flagged(segment, now);
    for (const segment of kept) this.#progress.restored(segment, now);
    this.#restored += kept.length;
    this.#moved();
  }

  /**
   * Checks the finished translation as a whole, before it is written; returns the segments that
   * were flagged for that.
   */
  review(): readonly Segment[] {
    const withdrawn = this.#review.finish();
    this.#progress.withdrawn(withdrawn.length);
    return withdrawn;
  }

  /** How many segments were to be translated again, and keep the translation that they had. */
  get restored(): number {
    return this.#restored;
  }

  /** The job as it is now. */
  get snapshot(): JobSnapshot {
    const { segments, sections } = this.#progress;
    const updatedAt = new Date(this.#clock.now()).toISOString();
    return { ...this.#job, segments, sections, updatedAt, elapsedMs: this.#news.elapsedMs };
  }

  /**
   * Ends the run as the segments say; the job is free for others afterwards.
   *
   * @param isWhole whether the files hold all that is translated.
   */
  end(warnings: readonly string[], isWhole: boolean): QaReport {
    clearInterval(this.#ticker);
    this.#news.catchUp(this.snapshot, this.#progress);
    const { flagged } = this.#progress.segments;
    const lost = this.open > 0 ? 0 : segmentsLost(this.database, this.id);
    const isIncomplete = flagged > 0 || lost > 0 || !isWhole;
    const state = this.open > 0 ? "interrupted" : isIncomplete ? "incomplete" : "done";
    this.#job = { ...this.#job, state };
    const report = reportOf(this.database, this.#save(), [...warnings, ...lossWarnings(lost)]);
    if (state === "interrupted") this.#news.interrupted();
    else this.#news.completed(report);
    return report;
  }

  /** A run that was not ended counts as interrupted. */
  [Symbol.dispose](): void {
    clearInterval(this.#ticker);
    try {
      if (this.#job.state === "running") {
        this.#job = { ...this.#job, state: "interrupted" };
        this.#save();
      }
    } catch {
      // What ended the run is being thrown already, and says more than this.
    } finally {
      this.#claims.delete(this.id);
      this.database.close();
    }
  }

  #moved(): void {
    if (this.#tickFailure !== undefined) throw this.#tickFailure;
    this.#news.progressed(this.snapshot, this.#progress);
    if (this.#clock.elapsed() - this.#savedAtMs >= SNAPSHOT_INTERVAL_MS) this.#save();
  }

  /** A slow engine is silent for long: what it said last must not wait for what it says next. */
  #tick(): void {
    this.#news.catchUp(this.snapshot, this.#progress);
    try {
      this.#save();
      this.#review.lookAhead();
    } catch (error) {
      this.#tickFailure ??= error;
    }
  }

  #save(): JobSnapshot {
    this.#savedAtMs = this.#clock.elapsed();
    const { snapshot } = this;
    saveSnapshot(this.database, snapshot);
    return snapshot;
  }
}
