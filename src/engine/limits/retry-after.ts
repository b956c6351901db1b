const SECONDS = /^\d+(?:\.\d+)?$/;

/**
 * Milliseconds to wait by a `Retry-After` header (RFC 9110, section 10.2.3): a number of seconds or
 * an HTTP date. Undefined if there is no header or it says nothing sensible.
 *
 * @param nowMs wall clock, milliseconds since 1970, against which a date is measured.
 */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  const value = header?.trim() ?? "";
  if (value === "") return undefined;
  if (SECONDS.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
