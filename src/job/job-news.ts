import type { Clock } from "../base/clock.ts";
import { FbtrError } from "../base/errors.ts";
import type { EventBus } from "../base/events.ts";
import type { JobProgress } from "./job-progress.ts";
import type { JobSnapshot, QaReport } from "./snapshot.ts";

/** A screen needs no more, and a quick engine would flood the network. */
const MIN_PROGRESS_INTERVAL_MS = 100;

/** Tells those who listen what happens to one job. */
export class JobNews {
  readonly #events: EventBus;
  readonly #clock: Clock;
  readonly #beganMs: number;
  readonly #isNamed: boolean;
  #session: string;
  #progressAtMs = -Infinity;
  #untold = false;
  #segments: Pick<JobSnapshot["segments"], "translated" | "kept" | "total"> = {
    translated: 0,
    kept: 0,
    total: 0,
  };

  /** @param session that the news belong to; undefined: the job, as soon as there is one. */
  constructor(events: EventBus, clock: Clock, session?: string) {
    this.#events = events;
    this.#clock = clock;
    this.#isNamed = session !== undefined;
    this.#session = session ?? "system";
    this.#beganMs = clock.elapsed();
  }

  /** Time since the run began, milliseconds. */
  get elapsedMs(): number {
    return this.#clock.elapsed() - this.#beganMs;
  }

  /** From now on the news belong to the job `id`, unless a session was named. */
  about(id: string): void {
    if (!this.#isNamed) this.#session = id;
  }

  started({ title, engine, engineReason, input, outputs, segments, sections }: JobSnapshot): void {
    this.#segments = segments;
    const message = `Translating ${title} with ${engine} (${engineReason})`;
    this.#events.emit("translation_started", this.#session, message, {
      input,
      outputs,
      book_title: title,
      provider: engine,
      provider_reason: engineReason,
      items_total: segments.total,
      items_resumed: segments.resumed,
      total_chapters: sections.total,
    });
  }

  /** Tells how far the job is, unless that was told less than a tenth of a second ago. */
  progressed(snapshot: JobSnapshot, progress: JobProgress): void {
    this.#untold = true;
    this.#segments = snapshot.segments;
    if (this.#clock.elapsed() - this.#progressAtMs < MIN_PROGRESS_INTERVAL_MS) return;
    this.catchUp(snapshot, progress);
  }

  /** Tells how far the job is if that has changed since it was told last. */
  catchUp(snapshot: JobSnapshot, progress: JobProgress): void {
    if (!this.#untold) return;
    this.#untold = false;
    this.#progressAtMs = this.#clock.elapsed();
    const { segments, sections } = snapshot;
    const speed = progress.speedAt(this.#progressAtMs);
    const completed = segments.translated + segments.kept;
    const message = `${completed} of ${segments.total} segments`;
    this.#events.emit("translation_progress", this.#session, message, {
      book_title: snapshot.title,
      provider: snapshot.engine,
      source_language: snapshot.sourceLanguage,
      target_language: snapshot.targetLanguage,
      current_chapter: sections.done,
      total_chapters: sections.total,
      chapter_title: progress.chapterTitle,
      items_completed: completed,
      items_failed: segments.flagged,
      items_total: segments.total,
      percent_complete: (100 * (segments.total - progress.open)) / segments.total,
      elapsed_time: this.elapsedMs / 1000,
      estimated_eta: progress.secondsLeft(speed),
      speed: speed.segmentsPerSecond,
      unknown_words: progress.unknownWordCount,
    });
  }

  completed(report: QaReport): void {
    const { outputs } = report.snapshot;
    const message = `Wrote ${outputs.join(", ")}`;
    this.#events.emit("translation_completed", this.#session, message, { outputs, report });
  }

  interrupted(): void {
    const { translated, kept, total } = this.#segments;
    const message = `Interrupted after ${translated + kept} of ${total} segments`;
    this.#events.emit("translation_interrupted", this.#session, message, {
      items_completed: translated + kept,
      items_total: total,
    });
  }

  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const { code, hint } = error instanceof FbtrError ? error : { code: "BUG", hint: undefined };
    this.#events.emit("translation_error", this.#session, message, {
      error: message,
      code,
      ...(hint !== undefined && { hint }),
    });
  }
}
