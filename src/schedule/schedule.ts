import { Turns } from "../base/turns.ts";
import type { Segment } from "../book/segment.ts";
import type { Judge } from "../engine/checking.ts";
import type { AnsweredSegment, Translator } from "../engine/translator.ts";
import { limitsNearEnd, type BatchLimits } from "../plan/batching.ts";
import { runBatch } from "./batch-run.ts";
import type { WorkStore } from "./work-store.ts";

export interface Schedule {
  readonly store: WorkStore;
  readonly jobId: string;
  /** Session that events of this work belong to. */
  readonly session: string;
  readonly translator: Translator;
  /** Checks answers that the translator has not checked itself. */
  readonly judge: Judge;
  readonly limits: BatchLimits;
  /** Characters of the segments that are open when the schedule begins. */
  readonly openChars: number;
  /** How often a segment may fail before it is flagged. */
  readonly maxAttempts: number;
  readonly leaseMs: number;
  /** Aborted: batches in flight are finished, no new ones begun. */
  readonly drain: AbortSignal;
  /** Aborted: batches in flight are given back. */
  readonly stop: AbortSignal;
  /** Called with segments whose translation is on disk. */
  readonly onSaved: (answers: readonly AnsweredSegment[]) => void;
  /** Called with segments that were given up after their last attempt; some keep what they had. */
  readonly onGivenUp: (flagged: readonly Segment[], kept: readonly Segment[]) => void;
}

/**
 * Works on a job until nothing is open or a signal says to end: as many batches at the same time as
 * the translator takes. When one of them fails for good, the others are finished and no new ones
 * begun.
 *
 * @throws the reason of `stop`; FbtrError JOB_STORE_FAILED; an error of the engine that no retry
 *   can help.
 */
export async function runSchedule(schedule: Schedule): Promise<void> {
  const work = new WorkLeft(schedule);
  const failed = new AbortController();
  // The first request is under way before the second batch is leased, and so on.
  const turns = new Turns();
  const lanes = Array.from({ length: schedule.translator.capacity }, async () => {
    await turns.next();
    await runLane(schedule, work, failed);
  });
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** How much nobody has leased yet: near the end of it batches get smaller. */
class WorkLeft {
  readonly #limits: BatchLimits;
  readonly #lanes: number;
  #chars: number;

  constructor({ limits, openChars, translator }: Schedule) {
    this.#limits = limits;
    this.#lanes = translator.capacity;
    this.#chars = openChars;
  }

  get nextLimits(): BatchLimits {
    return limitsNearEnd(this.#limits, this.#chars, this.#lanes);
  }

  leased(segments: readonly Segment[]): void {
    this.#chars -= charsOf(segments);
  }

  cameBack(segments: readonly Segment[]): void {
    this.#chars += charsOf(segments);
  }
}

const charsOf = (segments: readonly Segment[]) =>
  segments.reduce((sum, { text }) => sum + text.length, 0);

async function runLane(schedule: Schedule, work: WorkLeft, failed: AbortController): Promise<void> {
  const { store, jobId, leaseMs, drain, stop } = schedule;
  try {
    while (!drain.aborted && !failed.signal.aborted) {
      stop.throwIfAborted();
      const lease = await store.lease(jobId, work.nextLimits, leaseMs);
      if (!lease) return;
      work.leased(lease.batch.segments);
      try {
        work.cameBack(await runBatch(schedule, lease));
      } catch (error) {
        await store.release(lease);
        throw error;
      }
    }
  } catch (error) {
    failed.abort();
    throw error;
  }
}
