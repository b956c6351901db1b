import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import type { ChatModel, ChatRequest } from "../models/chat-model.ts";

/** How long an endpoint may fail all calls before it is given up, milliseconds. */
export interface Patience {
  /** It has not answered once: an address that is wrong, or a server that still loads its model. */
  readonly atStartMs: number;
  /** It has answered before, and is down. */
  readonly downMs: number;
  /** It says that it has too much to do: it is there, and its limits pass. */
  readonly busyMs: number;
}

/** Where a night's work would end. */
export const PATIENT: Patience = { atStartMs: 30_000, downMs: 5 * 60_000, busyMs: 15 * 60_000 };

/** Where another engine can step in. */
export const IMPATIENT: Patience = { atStartMs: 5000, downMs: 20_000, busyMs: 20_000 };

/** Whether an endpoint has ever answered, and since when it fails everything. */
export class EndpointHealth {
  readonly #patience: Patience;
  readonly #clock: Clock;
  #hasAnswered = false;
  /** Begin of the first call since the last answer that failed; undefined if none has. */
  #failingSince: number | undefined;

  constructor(patience: Patience, clock: Clock) {
    this.#patience = patience;
    this.#clock = clock;
  }

  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  answered(): void {
    this.#hasAnswered = true;
    this.#failingSince = undefined;
  }

  /** @param beganAt when the call went out that ended so, milliseconds of the clock. */
  failed({ code }: FbtrError, beganAt: number): void {
    this.#failingSince ??= beganAt;
    // Who says that there is too much to do is there.
    if (code === "ENGINE_BUSY") this.#hasAnswered = true;
  }

  /** Whether it will have failed for too long when the wait after this error is over. */
  isGivenUp({ code }: FbtrError, waitMs: number): boolean {
    const now = this.#clock.elapsed();
    const failingMs = now - (this.#failingSince ?? now) + waitMs;
    const { atStartMs, downMs, busyMs } = this.#patience;
    if (code === "ENGINE_BUSY") return failingMs > busyMs;
    return failingMs > (this.#hasAnswered ? downMs : atStartMs);
  }
}

/** Asks nothing of a model that works: whether the endpoint fails, or a call of ours. */
const PROBE: ChatRequest = {
  instructions: "Answer in one word.",
  prompt: "Is water wet?",
  maxOutputTokens: 16,
};

/** @throws the reason of `signal`; what is no failure of the endpoint. */
export async function answersNow(model: ChatModel, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const { type } of model.stream(PROBE, signal)) {
      if (type === "end") return true;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FbtrError)) throw error;
  }
  return false;
}
