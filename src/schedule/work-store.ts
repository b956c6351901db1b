import type { Segment } from "../book/segment.ts";
import type { CheckedResult } from "../engine/translator.ts";
import type { Batch } from "../plan/batch.ts";
import type { BatchLimits } from "../plan/batching.ts";

/** A batch that one owner works on until the lease ends. */
export interface Lease {
  readonly jobId: string;
  /** Higher for each later lease of the job: an answer under an older fence is refused. */
  readonly fence: number;
  readonly batch: Batch;
}

/** A segment that got no good answer, and why, one line. */
export interface Failure {
  readonly index: number;
  readonly reason: string;
}

/** How far the segments of a job are; the numbers add up to `total`. */
export interface WorkProgress {
  readonly total: number;
  readonly open: number;
  readonly translated: number;
  readonly kept: number;
  readonly flagged: number;
}

/**
 * The segments of jobs and their translations. Work is pulled: who has a free hand leases. A result
 * that `complete` has accepted is on disk, is never lost and never replaced. Every method throws
 * FbtrError JOB_STORE_FAILED when the store cannot be read or written.
 */
export interface WorkStore {
  /** Adds segments to a job; those that it has already are left as they are. */
  submit(jobId: string, segments: readonly Segment[]): Promise<void>;
  /**
   * Takes the next open segments in the order of the book; undefined if none is free now. A segment
   * that failed before is leased alone, so that it cannot take others down.
   */
  lease(jobId: string, limits: BatchLimits, ttlMs: number): Promise<Lease | undefined>;
  /** Prolongs a lease; false if nothing of it is held any more. */
  heartbeat(lease: Lease, ttlMs: number): Promise<boolean>;
  /**
   * Saves results with their findings, all of them in one commit; returns the indices of those that
   * were accepted. A result is refused if the segment has one, or was leased to another since.
   */
  complete(lease: Lease, results: readonly CheckedResult[]): Promise<readonly number[]>;
  /**
   * Gives segments back after a failure. After `maxAttempts` failures a segment is parked as
   * flagged; returns the indices of those.
   */
  fail(lease: Lease, failures: readonly Failure[], maxAttempts: number): Promise<readonly number[]>;
  /** Gives back what is open of a lease, or of all leases of a job, without counting a failure. */
  release(work: Lease | { readonly jobId: string }): Promise<void>;
  /** Opens the flagged segments of a job again, as if they had never failed. Idempotent. */
  reopen(jobId: string): Promise<void>;
  progress(jobId: string): Promise<WorkProgress>;
}
