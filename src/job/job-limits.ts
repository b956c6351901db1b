/** Numbers that bound a job. None of them changes a translation, so none is part of its identity. */
export interface JobLimits {
  /** Characters of one batch. A segment that is longer goes alone. @default 4000 */
  readonly maxBatchChars: number;
  /** Segments of one batch. @default 50 */
  readonly maxBatchSegments: number;
  /** How often a segment may fail before it is flagged, at least 1. @default 3 */
  readonly maxAttempts: number;
  /**
   * How long a batch stays with a translator of which nothing is heard, milliseconds. A process
   * that lives prolongs it all the time. @default 60000
   */
  readonly leaseMs: number;
  /** How long a translation is remembered for other jobs, milliseconds. @default 90 days */
  readonly memoryTtlMs: number;
  /** How many translations are remembered on disk; the oldest are forgotten. @default 500000 */
  readonly memoryMaxEntries: number;
}

export const DEFAULT_JOB_LIMITS: JobLimits = {
  maxBatchChars: 4000,
  maxBatchSegments: 50,
  maxAttempts: 3,
  leaseMs: 60_000,
  memoryTtlMs: 90 * 24 * 60 * 60 * 1000,
  memoryMaxEntries: 500_000,
};
