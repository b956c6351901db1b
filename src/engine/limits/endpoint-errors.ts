import { FbtrError, type ErrorCode } from "../../base/errors.ts";

export const isTransient = (error: unknown): error is FbtrError =>
  isError(error, "ENGINE_BUSY") || isError(error, "ENGINE_UNREACHABLE");

export function isError(error: unknown, code: ErrorCode): error is FbtrError {
  return error instanceof FbtrError && error.code === code;
}

/** What went wrong, as the failure of one call. */
export function failed(error: FbtrError): FbtrError {
  const { message, hint } = error;
  return new FbtrError("ENGINE_FAILED", message, { cause: error, ...(hint && { hint }) });
}

const LATER = "Run the command again later: it goes on where it was.";

export function refused(provider: string): FbtrError {
  return new FbtrError("ENGINE_UNAUTHORIZED", `${provider} refuses every key it was given`, {
    hint: "Check the keys in the environment or the configuration.",
  });
}

export function busy(provider: string): FbtrError {
  return new FbtrError("ENGINE_BUSY", `${provider} has been too busy for too long`, {
    hint: LATER,
  });
}

export function down(provider: string): FbtrError {
  return new FbtrError("ENGINE_UNREACHABLE", `${provider} fails again and again`, { hint: LATER });
}
