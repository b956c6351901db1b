/** Node takes longer timers for none: 25 days. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Time that something may take. The clock stands still while the user is asked: thinking about a
 * fingerprint is not a host that does not answer.
 */
export class Deadline implements Disposable {
  /** Aborted with `reason` when the time is over, or with the reason of `outer`. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #reason: () => Error;
  #leftMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #prompts = 0;
  #isOver = false;

  constructor(ms: number, reason: () => Error, outer: AbortSignal | undefined) {
    this.#leftMs = Math.min(ms, MAX_TIMER_MS);
    this.#reason = reason;
    this.signal =
      outer === undefined
        ? this.#controller.signal
        : AbortSignal.any([this.#controller.signal, outer]);
    this.#start();
  }

  async pausedWhile<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#prompts === 0) this.#stop();
    this.#prompts += 1;
    try {
      return await ask();
    } finally {
      this.#prompts -= 1;
      if (this.#prompts === 0) this.#start();
    }
  }

  #start(): void {
    if (this.#isOver) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => this.#controller.abort(this.#reason()), this.#leftMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#startedAt));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
  }
}
