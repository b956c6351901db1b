import { FbtrError } from "../../base/errors.ts";
import { H3 } from "./http3-error.ts";
import type { QuicClosing } from "./quic.ts";

/** An alert of TLS as an error code of QUIC (RFC 9001 §4.8). */
const alert = (number: number): number => 0x100 + number;

/** Alerts about a certificate (RFC 8446 §6.2): bad, of no known kind, …, no known authority. */
const CERTIFICATE_ALERTS: ReadonlySet<number> = new Set(
  [42, 43, 44, 45, 46, 48, 49, 116].map(alert),
);
/** The QUIC library closes with alert 0 and these words where a client has no certificate. */
const WITHOUT_CERTIFICATE = "client certificate required";
/** What a listener of fbtr closes with whom it does not let in. */
export const NOT_ADMITTED: keyof typeof H3 = "REQUEST_REJECTED";

export const isCertificateAlert = ({ code }: QuicClosing): boolean => CERTIFICATE_ALERTS.has(code);

/** Whether the other side has ended a finished handshake because it does not let us in. */
export function isRefusal(closing: QuicClosing): boolean {
  return (
    isCertificateAlert(closing) ||
    closing.code === H3[NOT_ADMITTED] ||
    closing.reason === WITHOUT_CERTIFICATE
  );
}

export function refusedError(name: string): FbtrError {
  return new FbtrError("WORKER_REFUSED", `${name} does not know this machine.`, {
    hint: "Pair with it again: fbtr workers pair.",
  });
}

export function keyChangedError(name: string): FbtrError {
  return new FbtrError("WORKER_KEY_CHANGED", `${name} shows another key than it was paired with.`, {
    hint: "If its fbtr was set up again, pair with it again; otherwise another machine answers there.",
  });
}

export function unreachableError(name: string, cause: unknown): FbtrError {
  return new FbtrError("WORKER_UNREACHABLE", `${name} does not answer over HTTP/3.`, {
    cause,
    hint: "Look whether its daemon runs, and whether UDP gets through to it.",
  });
}

export function lostError(name: string, cause?: unknown): FbtrError {
  return new FbtrError("WORKER_LOST", `The connection to ${name} broke off.`, {
    ...(cause !== undefined && { cause }),
    hint: "Nothing is lost: what had not arrived is asked for again.",
  });
}
