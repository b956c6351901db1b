import type { Clock } from "../../base/clock.ts";

/** A budget that fills up evenly: requests a minute, or tokens a minute. */
export interface Rate {
  readonly amount: number;
  readonly perMs: number;
}

const MINUTE_MS = 60_000;
/** How much of a minute's budget may be spent at once. */
const BURST = 0.1;

/**
 * A rate that never lets more than `amount` through in any minute: what a full bucket holds and what
 * flows in during the minute add up to it.
 */
export function perMinute(amount: number): Rate {
  const burst = amount * BURST;
  return { amount: burst, perMs: (MINUTE_MS * burst) / (amount - burst) };
}

/**
 * A token bucket. What is taken before it is there is owed, and the taker is told how long to wait:
 * takers so queue up by themselves, in the order in which they asked.
 */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #clock: Clock;
  #level: number;
  #filledAt: number;

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#level = rate.amount;
    this.#filledAt = clock.elapsed();
  }

  /**
   * Takes `amount` and returns the milliseconds after which it may be used. An amount above the
   * bucket's size is let through when the bucket is full, since it could never be had otherwise.
   */
  take(amount: number): number {
    this.#fill();
    const needed = Math.min(amount, this.#rate.amount);
    const missing = needed - this.#level;
    this.#level -= amount;
    return Math.max(0, (missing * this.#rate.perMs) / this.#rate.amount);
  }

  /** Gives back what was taken and not used: an estimate is corrected when the bill is there. */
  giveBack(amount: number): void {
    this.#level = Math.min(this.#rate.amount, this.#level + amount);
  }

  #fill(): void {
    const now = this.#clock.elapsed();
    const gained = ((now - this.#filledAt) * this.#rate.amount) / this.#rate.perMs;
    this.#level = Math.min(this.#rate.amount, this.#level + gained);
    this.#filledAt = now;
  }
}
