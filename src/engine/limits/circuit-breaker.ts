import type { Clock } from "../../base/clock.ts";

export interface BreakerLimits {
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** How long it stays open at first before a probe is let through, milliseconds. */
  readonly openMs: number;
  /** Each probe that fails doubles that time, up to this. */
  readonly maxOpenMs: number;
  /** Probes in a row that must succeed before it closes. */
  readonly probes: number;
}

export const DEFAULT_BREAKER: BreakerLimits = {
  failures: 5,
  openMs: 5000,
  maxOpenMs: 60_000,
  probes: 3,
};

export type BreakerState = "closed" | "open" | "half-open";

/**
 * Spares an endpoint that fails again and again (Nygard, "Release It!"). Closed, everything passes;
 * open, nothing; half-open, one probe at a time, until enough of them have succeeded.
 */
export class CircuitBreaker {
  readonly #limits: BreakerLimits;
  readonly #clock: Clock;
  #state: BreakerState = "closed";
  /** Failures in a row while closed, successes in a row while half-open. */
  #inARow = 0;
  #openedAt = 0;
  /** How often it has opened since it was closed. */
  #openings = 0;
  #probing = false;

  constructor(limits: BreakerLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (this.#state === "open" && this.opensInMs() === 0) {
      this.#state = "half-open";
      this.#inARow = 0;
      this.#probing = false;
    }
    return this.#state;
  }

  /** Milliseconds until a probe is let through; 0 unless open. */
  opensInMs(): number {
    if (this.#state !== "open") return 0;
    const { openMs, maxOpenMs } = this.#limits;
    const lastsMs = Math.min(openMs * 2 ** (this.#openings - 1), maxOpenMs);
    return Math.max(0, this.#openedAt + lastsMs - this.#clock.elapsed());
  }

  /** Whether a call may go out now. A caller that got true reports how it went. */
  tryEnter(): boolean {
    const { state } = this;
    if (state === "open" || (state === "half-open" && this.#probing)) return false;
    if (state === "half-open") this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#probing = false;
    if (this.state === "closed") {
      this.#inARow = 0;
      return;
    }
    this.#inARow += 1;
    if (this.#state === "half-open" && this.#inARow >= this.#limits.probes) this.close();
  }

  failed(): void {
    this.#probing = false;
    this.#inARow = this.state === "closed" ? this.#inARow + 1 : this.#limits.failures;
    if (this.#state === "open" || this.#inARow < this.#limits.failures) return;
    this.#state = "open";
    this.#openings += 1;
    this.#openedAt = this.#clock.elapsed();
  }

  /** The call ended without telling anything about the endpoint, such as by Ctrl-C. */
  left(): void {
    this.#probing = false;
  }

  /** Lets everything pass: the endpoint was asked otherwise, and has answered. */
  close(): void {
    this.#state = "closed";
    this.#inARow = 0;
    this.#openings = 0;
    this.#probing = false;
  }
}
