/** How long to wait between attempts. */
export interface BackOff {
  /** Upper bound of the first wait, milliseconds. */
  readonly baseMs: number;
  /** Upper bound of every wait, milliseconds. */
  readonly capMs: number;
}

export const DEFAULT_BACK_OFF: BackOff = { baseMs: 500, capMs: 30_000 };

/**
 * A wait with full jitter: anything from 0 to `base * 2^attempt`, at most the cap, so that many
 * callers who failed together do not come back together (Brooker, "Exponential Backoff And Jitter",
 * 2015).
 *
 * @param attempt 0 for the first repetition.
 * @param random from 0 to below 1.
 */
export function backOffMs(attempt: number, backOff: BackOff, random: () => number): number {
  return random() * Math.min(backOff.capMs, backOff.baseMs * 2 ** attempt);
}
