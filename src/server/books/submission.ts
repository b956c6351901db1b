import type { ErrorCode } from "../../base/errors.ts";
import type { BilingualOrder } from "../../book/bilingual.ts";
import type { BookFormat } from "../../book/source.ts";
import type { ScriptChoice } from "../../job/snapshot.ts";
import type { RedoWishes } from "../../plan/redo-wishes.ts";

/**
 * - `queued`: waits for its turn;
 * - `running`: is worked on;
 * - `paused`: waits for the user;
 * - `done`, `incomplete`: the book is written, see `JobState`;
 * - `failed`: an error ended it, see `error`; it can be resumed;
 * - `cancelled`: the user gave it up.
 */
export type SubmissionState =
  | "queued"
  | "running"
  | "paused"
  | "done"
  | "incomplete"
  | "failed"
  | "cancelled";

/** How a book is to be translated. */
export interface SubmissionRequest {
  /** Name of the file as the user knows it. */
  readonly name: string;
  /** Container of the translation. */
  readonly format: BookFormat;
  readonly engine?: string | undefined;
  readonly fallbacks: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly script: ScriptChoice;
  readonly bilingual?: BilingualOrder | undefined;
  readonly redo?: RedoWishes | undefined;
  readonly only?: readonly string[] | undefined;
  readonly fresh: boolean;
}

/** Why a submission failed. */
export interface SubmissionError {
  readonly code: ErrorCode | "BUG";
  readonly error: string;
  readonly hint?: string | undefined;
}

/** A book that was handed to the daemon. */
export interface Submission {
  readonly id: string;
  /** Session that its events belong to. */
  readonly session: string;
  readonly request: SubmissionRequest;
  /** Those with a higher one are begun first. */
  readonly priority: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly state: SubmissionState;
  /** The job that it has become; undefined before it is first begun. */
  readonly job?: string | undefined;
  readonly error?: SubmissionError | undefined;
}

/** States in which nothing happens to a submission any more unless the user asks for it. */
export function hasEnded({ state }: Pick<Submission, "state">): boolean {
  return state !== "queued" && state !== "running" && state !== "paused";
}
