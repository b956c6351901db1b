interface Waiter {
  readonly grant: () => void;
}

/** Lets a number of callers through at the same time, first come first served. */
export class Semaphore {
  readonly #waiting = new Set<Waiter>();
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /**
   * Waits for a permit. What is given back returns it; calling that twice counts once.
   *
   * @throws the signal's reason when it is aborted while waiting.
   */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(signal);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#release();
    };
  }

  /** Resolves when `#release` has passed a permit on. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        reject(signal?.reason as Error);
      };
      const waiter: Waiter = {
        grant: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      this.#waiting.add(waiter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  #release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next.grant();
  }
}
