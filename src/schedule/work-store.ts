import type { Segment } from "../book/segment.ts";
import type { SegmentResult } from "../engine/translator.ts";
import type { Batch } from "../plan/batch.ts";
import type { BatchLimits } from "../plan/batching.ts";

/** A batch that one owner works on until the lease ends. */
export interface Lease {
  readonly jobId: string;
  /** Higher for each later lease of the job: an answer under an older fence is refused. */
  readonly fence: number;
  readonly batch: Batch;
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
  /** Saves a result; false if it was refused: the segment has one, or was leased to another since. */
  complete(lease: Lease, result: SegmentResult): Promise<boolean>;
  /** Gives a segment back after a failure; after `maxAttempts` failures it is parked as flagged. */
  fail(lease: Lease, index: number, reason: string, maxAttempts: number): Promise<void>;
  /** Gives back what is open of a lease, or of all leases of a job, without counting a failure. */
  release(work: Lease | { readonly jobId: string }): Promise<void>;
  progress(jobId: string): Promise<WorkProgress>;
}
