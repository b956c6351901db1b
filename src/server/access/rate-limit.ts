import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

import { FbtrError } from "../../base/errors.ts";

/** Limits how often each caller may ask: `burst` at once, `perSecond` on the average. */
export class RateLimit {
  readonly #limiter: RateLimiterMemory | undefined;

  /** @param perSecond 0: no limit. */
  constructor(perSecond: number, burst: number) {
    if (perSecond === 0) return;
    const points = Math.max(1, burst);
    this.#limiter = new RateLimiterMemory({ points, duration: points / perSecond });
  }

  /**
   * Counts a request of a caller.
   *
   * @param cost how many requests it counts for.
   * @throws FbtrError RATE_LIMITED with the time after which there is room again.
   */
  async take(caller: string, cost = 1): Promise<void> {
    try {
      await this.#limiter?.consume(caller, cost);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new FbtrError("RATE_LIMITED", "Rate limit exceeded", {
        hint: "See security.rate_limit_rps and security.rate_limit_burst.",
        retryAfterMs: refusal.msBeforeNext,
      });
    }
  }
}
