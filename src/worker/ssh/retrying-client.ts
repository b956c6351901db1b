import pRetry from "p-retry";

import { sleep } from "../../base/abort.ts";
import { FbtrError } from "../../base/errors.ts";
import { backOffMs, type BackOff } from "../../engine/limits/back-off.ts";
import { Semaphore } from "./semaphore.ts";
import type { SshClient, SshConnection, SshTarget } from "./ssh-client.ts";

export interface RetrySettings {
  /** Attempts after the first one. */
  readonly retries: number;
  /** Connections that are being opened at the same time, to all hosts (sshd's MaxStartups). */
  readonly parallelConnects: number;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const DEFAULT_RETRY: RetrySettings = {
  retries: 3,
  parallelConnects: 10,
  random: Math.random,
  sleep,
};

/** From about a second to a minute. */
const BACK_OFF: BackOff = { baseMs: 1000, capMs: 60_000 };

/**
 * Connects again when that can help, after a wait with full jitter; after a host that turned us away
 * not before the time that it may punish.
 */
export class RetryingClient implements SshClient {
  readonly #client: SshClient;
  readonly #settings: RetrySettings;
  readonly #connects: Semaphore;

  constructor(client: SshClient, settings: RetrySettings) {
    this.#client = client;
    this.#settings = settings;
    this.#connects = new Semaphore(settings.parallelConnects);
  }

  async connect(target: SshTarget, signal?: AbortSignal): Promise<SshConnection> {
    const { retries } = this.#settings;
    return pRetry(async () => this.#once(target, signal), {
      retries,
      // The wait is ours: that of p-retry has no full jitter and no floor.
      minTimeout: 0,
      shouldRetry: ({ error }) => canRetry(error),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (retriesLeft > 0 && canRetry(error))
          await this.#settings.sleep(this.#waitMs(error, attemptNumber), signal);
      },
      ...(signal && { signal }),
    });
  }

  async #once(target: SshTarget, signal: AbortSignal | undefined): Promise<SshConnection> {
    const release = await this.#connects.acquire(signal);
    try {
      return await this.#client.connect(target, signal);
    } finally {
      release();
    }
  }

  #waitMs(error: Error, attemptNumber: number): number {
    const floorMs = error instanceof FbtrError ? (error.retryAfterMs ?? 0) : 0;
    return floorMs + backOffMs(attemptNumber - 1, BACK_OFF, this.#settings.random);
  }
}

function canRetry(error: Error): boolean {
  return error instanceof FbtrError && error.verdict.retry === "same-place";
}
