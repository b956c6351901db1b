import { FbtrError } from "../base/errors.ts";
import { faultOf } from "../engine/checking.ts";
import type { Translator } from "../engine/translator.ts";
import type { BatchLimits } from "../plan/batching.ts";
import type { Lease, WorkStore } from "./work-store.ts";

export interface Schedule {
  readonly store: WorkStore;
  readonly jobId: string;
  readonly translator: Translator;
  readonly limits: BatchLimits;
  /** How often a segment may fail before it is flagged. */
  readonly maxAttempts: number;
  readonly leaseMs: number;
  /** Aborted: batches in flight are finished, no new ones begun. */
  readonly drain: AbortSignal;
  /** Aborted: batches in flight are given back. */
  readonly stop: AbortSignal;
  /** Called after each segment that is on disk. */
  readonly onSaved: () => void;
}

/**
 * Works on a job until nothing is open or a signal says to end: as many batches at the same time as
 * the translator takes.
 *
 * @throws the reason of `stop`; FbtrError JOB_STORE_FAILED; an error of the engine that no retry
 *   can help.
 */
export async function runSchedule(schedule: Schedule): Promise<void> {
  const lanes = Array.from({ length: schedule.translator.capacity }, () => runLane(schedule));
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function runLane(schedule: Schedule): Promise<void> {
  const { store, jobId, limits, leaseMs, drain, stop } = schedule;
  while (!drain.aborted) {
    stop.throwIfAborted();
    const lease = await store.lease(jobId, limits, leaseMs);
    if (!lease) return;
    try {
      await runBatch(schedule, lease);
    } catch (error) {
      await store.release(lease);
      throw error;
    }
  }
}

async function runBatch(schedule: Schedule, lease: Lease): Promise<void> {
  const { store, translator, stop, maxAttempts, leaseMs } = schedule;
  const waiting = new Map(lease.batch.segments.map((segment) => [segment.index, segment]));
  const faults = new Map<number, string>();
  let reason = "the engine gave no answer";
  let lastBeat = performance.now();
  try {
    for await (const result of translator.translate(lease.batch, stop)) {
      const segment = waiting.get(result.index);
      if (!segment) continue;
      const fault = faultOf(segment, result);
      if (fault !== undefined) {
        faults.set(result.index, fault);
        continue;
      }
      waiting.delete(result.index);
      if (await store.complete(lease, result)) schedule.onSaved();
      if (performance.now() - lastBeat > leaseMs / 3) {
        await store.heartbeat(lease, leaseMs);
        lastBeat = performance.now();
      }
    }
  } catch (error) {
    stop.throwIfAborted();
    if (!(error instanceof FbtrError) || error.verdict.retry === "never") throw error;
    reason = error.message;
  }
  for (const index of waiting.keys()) {
    await store.fail(lease, index, faults.get(index) ?? reason, maxAttempts);
  }
}
