/** How long clients may take, and how much they may send before anybody reads it. */
export interface HttpLimits {
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a whole request, its body too. */
  readonly requestMs: number;
  /** For taking some more of an answer; the whole of it may take as long as it takes. */
  readonly writeMs: number;
  /** For a connection on which nothing is asked. */
  readonly idleMs: number;
  /** How often that is looked at. */
  readonly checkMs: number;
}

/**
 * @param readTimeoutSeconds `server.read_timeout`.
 * @param writeTimeoutSeconds `server.write_timeout`.
 */
export function httpLimits(readTimeoutSeconds: number, writeTimeoutSeconds: number): HttpLimits {
  const requestMs = readTimeoutSeconds * 1000;
  return {
    headersMs: Math.min(10_000, requestMs),
    requestMs,
    writeMs: writeTimeoutSeconds * 1000,
    idleMs: 60_000,
    checkMs: 1000,
  };
}

export const MAX_HEADER_BYTES = 16 * 1024;
export const MAX_STREAMS = 100;
/** Megabytes that one HTTP/2 connection may keep in memory. */
export const MAX_SESSION_MEMORY = 10;
