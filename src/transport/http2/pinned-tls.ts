import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import type { PeerCredentials, PeerKeys } from "../peer.ts";
import { pinOf } from "../pin.ts";

/** Where a connection begins: at an address, or at the end of a tunnel. */
export type TlsPlace =
  | { readonly host: string; readonly port: number }
  | { readonly tunnel: Duplex };

export interface PinnedTlsOptions {
  readonly place: TlsPlace;
  readonly credentials: PeerCredentials;
  readonly keys: PeerKeys;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Opens TLS 1.3 to a machine with a pinned key, showing our own certificate. Resolves when the pin is
 * checked; nothing was sent over it then. Sessions are never resumed: a resumed one shows no key.
 * Dates and names of certificates do not matter, clocks of workers may be wrong: the key does.
 *
 * @throws FbtrError WORKER_UNREACHABLE, WORKER_KEY_CHANGED; the signal's reason.
 */
export async function connectPinned(options: PinnedTlsOptions): Promise<TLSSocket> {
  const { place, credentials, keys, timeoutMs, signal } = options;
  if (signal.aborted) abandon(place);
  signal.throwIfAborted();
  const way = "tunnel" in place ? { socket: place.tunnel } : { ...place, noDelay: true };
  const socket = connect({
    ...way,
    servername: keys.serverName,
    cert: credentials.certificate,
    key: credentials.key,
    minVersion: "TLSv1.3",
    // Whom it trusts is decided below, by the key.
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
  });
  if ("tunnel" in place) {
    // TLS over a stream does not end by itself when the stream does.
    const end = () => socket.destroy();
    place.tunnel.once("end", end).once("close", end).once("error", end);
  }
  try {
    await secured(socket, timeoutMs, signal);
    checkPin(socket, keys);
    return socket;
  } catch (error) {
    socket.on("error", () => undefined);
    socket.destroy();
    signal.throwIfAborted();
    throw error instanceof FbtrError ? error : unreachable(error);
  }
}

/** Nobody else knows of the tunnel any more. */
function abandon(place: TlsPlace): void {
  if (!("tunnel" in place)) return;
  place.tunnel.on("error", () => undefined);
  place.tunnel.destroy();
}

async function secured(socket: TLSSocket, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = new Error(`no answer within ${timeoutMs / 1000} s`);
  const timer = setTimeout(() => reject(late), timeoutMs);
  const leave = () => reject(signal.reason as Error);
  const closed = () => reject(new Error("the connection was closed"));
  signal.addEventListener("abort", leave, { once: true });
  socket.once("secureConnect", resolve).once("error", reject).once("close", closed);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
    socket.off("secureConnect", resolve).off("error", reject).off("close", closed);
  }
}

function checkPin(socket: TLSSocket, { certificates }: PeerKeys): void {
  const certificate = socket.getPeerX509Certificate();
  const shown = certificate && pinOf(certificate);
  if (shown !== undefined && certificates.some((known) => pinOf(known) === shown)) return;
  throw new FbtrError(
    "WORKER_KEY_CHANGED",
    `the machine shows the key ${shown ?? "of nobody"}, not the one that it has paired with`,
    { hint: "If it was set up anew, pair again with `fbtr workers pair`. Else do not trust it." },
  );
}

function unreachable(cause: unknown): FbtrError {
  const reason = systemErrorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause));
  return new FbtrError("WORKER_UNREACHABLE", `no connection to the machine (${reason})`, {
    hint: "Look with `fbtr workers discover` what it says.",
    cause,
  });
}
