import type { Clock } from "../../base/clock.ts";

export interface ConcurrencyBounds {
  readonly initial: number;
  readonly max: number;
}

/** How a call went, as far as it tells about load. */
export type LoadSignal = "accepted" | "overloaded" | "unknown";

/** The right to have one call under way. `release` counts once. */
export interface Permit {
  release(signal: LoadSignal): void;
}

interface Waiter {
  readonly grant: () => void;
}

/**
 * How many calls an endpoint takes at the same time, found by additive increase and multiplicative
 * decrease (Chiu and Jain, 1989) after a slow start: one more for each full round of accepted calls,
 * half as many at an overload. Calls that began before a decrease do not cause a second one: they tell of the same
 * overload.
 */
export class AdaptiveConcurrency {
  readonly #bounds: ConcurrencyBounds;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();
  #limit: number;
  #inFlight = 0;
  #decreasedAt = -Infinity;

  constructor(bounds: ConcurrencyBounds, clock: Clock) {
    this.#bounds = bounds;
    this.#clock = clock;
    this.#limit = Math.min(bounds.initial, bounds.max);
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Waits for a free place, first come first served.
   *
   * @throws the signal's reason when it is aborted while waiting.
   */
  async acquire(signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    if (this.#inFlight >= this.limit || this.#waiting.size > 0) await this.#turn(signal);
    else this.#inFlight += 1;
    return this.#permit(this.#clock.elapsed());
  }

  /** Resolves when `#admit` has counted the caller in. */
  async #turn(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      this.#waiting.add(waiter);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #permit(beganAt: number): Permit {
    let held = true;
    return {
      release: (load) => {
        if (!held) return;
        held = false;
        this.#inFlight -= 1;
        this.#learn(load, beganAt);
        this.#admit();
      },
    };
  }

  #learn(load: LoadSignal, beganAt: number): void {
    if (load === "accepted") {
      // Until the first overload the limit doubles in each round, as TCP starts (RFC 5681, 3.1).
      const growth = this.#decreasedAt === -Infinity ? 1 : 1 / this.#limit;
      this.#limit = Math.min(this.#bounds.max, this.#limit + growth);
    } else if (load === "overloaded" && beganAt > this.#decreasedAt) {
      this.#limit = Math.max(1, this.#limit / 2);
      this.#decreasedAt = this.#clock.elapsed();
    }
  }

  #admit(): void {
    for (const waiter of this.#waiting) {
      if (this.#inFlight >= this.limit) return;
      this.#waiting.delete(waiter);
      this.#inFlight += 1;
      waiter.grant();
    }
  }
}
