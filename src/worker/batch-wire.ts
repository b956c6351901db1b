import type { Segment } from "../book/segment.ts";
import type { SegmentResult } from "../engine/translator.ts";
import type { Batch } from "../plan/batch.ts";

/** A batch as it travels to a worker: `POST /api/v1/batches`. */
export interface BatchRequest {
  readonly batch: Batch;
  /** Name of the engine that is to do it. */
  readonly engine: string;
  readonly from: string;
  readonly to: string;
  /** Session of the user whose book it is: the worker's events belong to it. */
  readonly session?: string | undefined;
}

/** A line of the answer. */
export type BatchLine =
  | { readonly answer: SegmentResult }
  /** The worker lives, and the engine works. */
  | { readonly beat: number }
  /** The last line if it failed. */
  | { readonly error: WireError }
  /** The last line if it did not. */
  | { readonly done: true };

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly retry_after_ms?: number | undefined;
}

/** Milliseconds between two lines at most. */
export const BEAT_MS = 1000;

/** An engine of a worker, as the worker describes it: `GET /api/v1/worker`. */
export interface RemoteEngine {
  readonly name: string;
  readonly model?: string | undefined;
  readonly version: string;
  readonly priority: number;
  readonly capacity: number;
  readonly is_persistent: boolean;
}

/** Segments of a batch with nothing that a worker need not know. */
export function wireBatch({ id, segments, before, faults, caution }: Batch): Batch {
  return {
    id,
    segments: segments.map(({ index, kind, element, section, text }): Segment => {
      return { index, kind, element, section, text, skip: undefined };
    }),
    ...(before !== undefined && { before }),
    ...(faults && { faults }),
    ...(caution !== undefined && { caution }),
  };
}
