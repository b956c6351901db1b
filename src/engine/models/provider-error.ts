import { FbtrError, type ErrorCode } from "../../base/errors.ts";
import { retryAfterMs } from "../limits/retry-after.ts";

/** What is known of a call that a provider did not answer. */
export interface FailedCall {
  readonly provider: string;
  readonly model: string;
  /** HTTP status; undefined where there was no answer at all. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What the provider says, cut to one line. It may quote the request, but never a header. */
  readonly message: string;
}

const MAX_MESSAGE = 200;

/** 529 is how Anthropic says that it is overloaded. */
const BUSY = new Set([429, 529]);
const UNAUTHORIZED = new Set([401, 403]);

function codeOf(status: number | undefined): ErrorCode {
  if (status === undefined || status >= 500) {
    return status !== undefined && BUSY.has(status) ? "ENGINE_BUSY" : "ENGINE_UNREACHABLE";
  }
  if (BUSY.has(status)) return "ENGINE_BUSY";
  if (UNAUTHORIZED.has(status)) return "ENGINE_UNAUTHORIZED";
  return status === 408 ? "ENGINE_UNREACHABLE" : "ENGINE_REJECTED";
}

const HINTS: Partial<Record<ErrorCode, string>> = {
  ENGINE_BUSY: "Its limit is reached; fbtr waits and tries again.",
  ENGINE_UNAUTHORIZED: "Check the key in the environment or the configuration.",
  ENGINE_UNREACHABLE: "Check the network and the base URL of the provider.",
  ENGINE_REJECTED: "Check the name of the model and its limits.",
};

/** Keys as providers write them, in case a message repeats one. */
const SECRETS = /\b(?:sk|key|AIza|Bearer)[-_ ]?[\w-]{12,}/gu;

/** The wait that the provider asks for: `Retry-After` in both forms, or milliseconds. */
function waitOf(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const milliseconds = Number(headers["retry-after-ms"]);
  if (headers["retry-after-ms"] !== undefined && milliseconds >= 0) return milliseconds;
  return retryAfterMs(headers["retry-after"], nowMs);
}

/** A failed call in the terms of fbtr, without anything secret. */
export function providerError({ provider, model, ...call }: FailedCall, nowMs: number): FbtrError {
  const code = codeOf(call.status);
  const said = call.message.replaceAll(SECRETS, "[REDACTED]").replaceAll(/\s+/gu, " ").trim();
  const status = call.status === undefined ? "" : ` (HTTP ${call.status})`;
  const wait = waitOf(call.headers, nowMs);
  const hint = HINTS[code];
  return new FbtrError(code, `${provider} ${model}: ${said.slice(0, MAX_MESSAGE)}${status}`, {
    ...(hint !== undefined && { hint }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}
