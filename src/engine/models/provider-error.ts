import { FbtrError, type ErrorCode } from "../../base/errors.ts";
import { retryAfterMs } from "../limits/retry-after.ts";

/** What is known of a call that a provider did not answer. */
export interface FailedCall {
  readonly provider: string;
  readonly model: string;
  /** HTTP status; undefined where there was no answer at all. */
  readonly status: number | undefined;
  /** The provider's own word for the failure, such as `overloaded_error`. */
  readonly reason?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What the provider says; it may quote the key or the request. */
  readonly message: string;
  /** What must not be shown: the keys of the call. */
  readonly secrets: readonly string[];
}

const MAX_MESSAGE = 200;

/** 529 is how Anthropic says that it is overloaded. */
const BUSY_STATUSES = new Set([429, 529]);
/** 402: the account behind the key is empty (DeepSeek). Another key may still be good. */
const REFUSED_STATUSES = new Set([401, 402, 403]);
/** Statuses below 500 that tell of the way there, not of the request. */
const TRANSPORT_STATUSES = new Set([408, 409, 425]);

/** Errors inside a stream have no status, and some statuses are told apart by these words only. */
const REASON_CODES: Readonly<Record<string, ErrorCode>> = {
  // OpenAI answers 429 to an empty account too: waiting would be in vain.
  insufficient_quota: "ENGINE_UNAUTHORIZED",
  authentication_error: "ENGINE_UNAUTHORIZED",
  permission_error: "ENGINE_UNAUTHORIZED",
  overloaded_error: "ENGINE_BUSY",
  rate_limit_error: "ENGINE_BUSY",
  rate_limit_exceeded: "ENGINE_BUSY",
};

function codeOf({ status, reason, headers }: FailedCall): ErrorCode {
  const known = REASON_CODES[reason ?? ""];
  if (known !== undefined) return known;
  if (status === undefined) return "ENGINE_UNREACHABLE";
  if (BUSY_STATUSES.has(status)) return "ENGINE_BUSY";
  // A 503 that says when to come back is a full house, not a broken one.
  if (status === 503 && "retry-after" in headers) return "ENGINE_BUSY";
  if (status < 400 || status >= 500 || TRANSPORT_STATUSES.has(status)) return "ENGINE_UNREACHABLE";
  return REFUSED_STATUSES.has(status) ? "ENGINE_UNAUTHORIZED" : "ENGINE_REJECTED";
}

const HINTS: Partial<Record<ErrorCode, string>> = {
  ENGINE_BUSY: "Its limit is reached; fbtr waits and tries again.",
  ENGINE_UNAUTHORIZED:
    "Check the key in the environment or the configuration, and the account's credit.",
  ENGINE_UNREACHABLE: "Check the network and the base URL of the provider.",
  ENGINE_REJECTED: "Check the name of the model and its limits.",
};

const REDACTED = "[REDACTED]";
/** Keys as providers write them: a message may repeat one that belongs to somebody else. */
const KEY_SHAPES = /\b(?:sk|key|AIza|Bearer)[-_ ]?[\w.-]{12,}/gu;
/** User name and password of a URL (RFC 3986, section 3.2.1). */
const USER_INFO = /(?<=:\/\/)[^/@\s]+@/gu;

/** `text` without the keys of the call, and without anything that looks like a key. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret !== "")
    // The longest first: a key may begin with another one.
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  return known.replaceAll(KEY_SHAPES, REDACTED).replaceAll(USER_INFO, `${REDACTED}@`);
}

/** The wait that the provider asks for: `Retry-After` in both forms, or milliseconds. */
function waitOf(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const milliseconds = Number(headers["retry-after-ms"]?.trim() || Number.NaN);
  if (milliseconds >= 0 && Number.isFinite(milliseconds)) return milliseconds;
  return retryAfterMs(headers["retry-after"], nowMs);
}

/**
 * A failed call in the terms of fbtr, without anything secret. It has no cause: the errors of the
 * clients carry the whole request and whatever the provider sent.
 */
export function providerError(call: FailedCall, nowMs: number): FbtrError {
  const { provider, model, status, message, headers, secrets } = call;
  const code = codeOf(call);
  const said = withoutSecrets(message, secrets).replaceAll(/\s+/gu, " ").trim();
  const suffix = status === undefined ? "" : ` (HTTP ${status})`;
  const wait = waitOf(headers, nowMs);
  const hint = HINTS[code];
  return new FbtrError(code, `${provider} ${model}: ${said.slice(0, MAX_MESSAGE)}${suffix}`, {
    ...(hint !== undefined && { hint }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}
