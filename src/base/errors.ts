/** What the parts of fbtr do about an error: the status that a shell, a client and a retry see. */
export interface Verdict {
  /** Exit status of the process. */
  readonly exit: number;
  /** Status of the HTTP answer. */
  readonly http: number;
  /** Whether trying again can help, and where. */
  readonly retry: "never" | "same-place" | "other-place";
}

/**
 * Every error that a user can meet, by its stable code. A code exists only if a caller acts
 * differently on it. Codes are part of the interface: never renamed, never reused.
 */
export const VERDICTS = {
  USAGE_INVALID: { exit: 2, http: 400, retry: "never" },
  CONFIG_INVALID: { exit: 10, http: 400, retry: "never" },
  BOOK_UNREADABLE: { exit: 11, http: 422, retry: "never" },
  BOOK_TOO_LARGE: { exit: 11, http: 413, retry: "never" },
  BOOK_CHANGED: { exit: 11, http: 409, retry: "never" },
  OUTPUT_EXISTS: { exit: 12, http: 409, retry: "never" },
  OUTPUT_UNWRITABLE: { exit: 13, http: 507, retry: "never" },
  ENGINE_UNKNOWN: { exit: 14, http: 400, retry: "never" },
  ENGINE_LANGUAGE: { exit: 14, http: 400, retry: "never" },
  ENGINE_FAILED: { exit: 14, http: 502, retry: "other-place" },
  ENGINE_BUSY: { exit: 14, http: 503, retry: "same-place" },
  ENGINE_UNREACHABLE: { exit: 14, http: 502, retry: "other-place" },
  ENGINE_UNAUTHORIZED: { exit: 14, http: 502, retry: "other-place" },
  ENGINE_REJECTED: { exit: 14, http: 502, retry: "other-place" },
  ENGINE_BUDGET_SPENT: { exit: 18, http: 402, retry: "never" },
  JOB_UNKNOWN: { exit: 15, http: 404, retry: "never" },
  JOB_BUSY: { exit: 16, http: 409, retry: "same-place" },
  JOB_STORE_FAILED: { exit: 17, http: 500, retry: "never" },
  JOB_UNFINISHED: { exit: 16, http: 409, retry: "same-place" },
  CANCELLED: { exit: 130, http: 409, retry: "never" },
  AUTH_REQUIRED: { exit: 21, http: 401, retry: "never" },
  AUTH_FORBIDDEN: { exit: 21, http: 403, retry: "never" },
  ORIGIN_FORBIDDEN: { exit: 21, http: 403, retry: "never" },
  HOST_UNKNOWN: { exit: 21, http: 421, retry: "never" },
  TOKEN_UNKNOWN: { exit: 21, http: 404, retry: "never" },
  RATE_LIMITED: { exit: 22, http: 429, retry: "same-place" },
  REQUEST_TOO_LARGE: { exit: 1, http: 413, retry: "never" },
  MEDIA_TYPE_UNSUPPORTED: { exit: 1, http: 415, retry: "never" },
  NOT_FOUND: { exit: 1, http: 404, retry: "never" },
  WORKERS_UNAVAILABLE: { exit: 20, http: 503, retry: "same-place" },
  SSH_UNREACHABLE: { exit: 23, http: 502, retry: "same-place" },
  SSH_HOST_UNKNOWN: { exit: 23, http: 409, retry: "never" },
  SSH_HOST_CHANGED: { exit: 23, http: 409, retry: "never" },
  SSH_HOST_REVOKED: { exit: 23, http: 409, retry: "never" },
  SSH_AUTH_FAILED: { exit: 23, http: 502, retry: "never" },
  SSH_KEY_UNUSABLE: { exit: 23, http: 409, retry: "never" },
  SSH_UNSUPPORTED: { exit: 23, http: 502, retry: "never" },
  SSH_LOST: { exit: 23, http: 502, retry: "same-place" },
  SSH_BUSY: { exit: 23, http: 503, retry: "same-place" },
  SSH_FAILED: { exit: 23, http: 502, retry: "never" },
  WORKER_UNKNOWN: { exit: 24, http: 404, retry: "never" },
  WORKER_EXISTS: { exit: 24, http: 409, retry: "never" },
  WORKER_FORBIDDEN: { exit: 24, http: 403, retry: "never" },
  WORKER_UNFIT: { exit: 24, http: 409, retry: "never" },
  WORKER_UNREACHABLE: { exit: 24, http: 502, retry: "other-place" },
  WORKER_REFUSED: { exit: 24, http: 502, retry: "other-place" },
  WORKER_KEY_CHANGED: { exit: 24, http: 502, retry: "other-place" },
  WORKER_LOST: { exit: 24, http: 502, retry: "other-place" },
  PAIRING_FAILED: { exit: 24, http: 502, retry: "never" },
  DAEMON_ABSENT: { exit: 19, http: 503, retry: "same-place" },
  DAEMON_FAILED: { exit: 1, http: 500, retry: "never" },
  DAEMON_RUNNING: { exit: 19, http: 409, retry: "never" },
} as const satisfies Record<string, Verdict>;

export type ErrorCode = keyof typeof VERDICTS;

export interface FbtrErrorOptions {
  /** The error underneath, shown as "cause" where details are asked for. */
  readonly cause?: unknown;
  /** What the user can do next, one sentence. */
  readonly hint?: string;
  /** Milliseconds after which the other side said that trying again makes sense. */
  readonly retryAfterMs?: number;
}

/**
 * An error that has an owner: its message is one line that names the thing that failed, its hint
 * says what to do. Whatever is not an `FbtrError` is a bug in fbtr (exit status 70).
 */
export class FbtrError extends Error {
  override readonly name = "FbtrError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: FbtrErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
  }

  get verdict(): Verdict {
    return VERDICTS[this.code];
  }
}

/** The code that Node puts on errors of the operating system, such as `ENOSPC`. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
