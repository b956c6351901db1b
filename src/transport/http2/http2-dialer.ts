import type { Duplex } from "node:stream";

import { FbtrError } from "../../base/errors.ts";
import {
  CONNECT_TIMEOUT_MS,
  DEFAULT_PEER_WATCH,
  type PeerConnection,
  type PeerCredentials,
  type PeerDialer,
  type PeerKeys,
  type PeerWatch,
} from "../peer.ts";
import { Http2Connection } from "./http2-connection.ts";
import { connectPinned, type TlsPlace } from "./pinned-tls.ts";

/** What both ways of HTTP/2 need. */
export interface Http2DialerOptions {
  readonly credentials: PeerCredentials;
  readonly keys: PeerKeys;
  readonly timeoutMs?: number;
  readonly watch?: PeerWatch;
}

/** HTTP/2 over TLS to an address. */
export class Http2Dialer implements PeerDialer {
  readonly kind = "h2";
  readonly #place: TlsPlace;
  readonly #options: Http2DialerOptions;

  constructor(
    place: { readonly host: string; readonly port: number },
    options: Http2DialerOptions,
  ) {
    this.#place = place;
    this.#options = options;
  }

  connect(signal: AbortSignal): Promise<PeerConnection> {
    return connectOver(this.kind, this.#place, this.#options, signal);
  }
}

/** The time that SSH may take to connect, and the user to say that the host is to be trusted. */
const TUNNEL_TIMEOUT_MS = 10_000;

/**
 * HTTP/2 over TLS through a tunnel, which somebody else opens: what goes through SSH is known to
 * the bastions on its way as little as to anybody else.
 */
export class TunnelDialer implements PeerDialer {
  readonly kind = "tunnel";
  readonly #openTunnel: (signal: AbortSignal) => Promise<Duplex>;
  readonly #options: Http2DialerOptions;

  constructor(openTunnel: (signal: AbortSignal) => Promise<Duplex>, options: Http2DialerOptions) {
    this.#openTunnel = openTunnel;
    this.#options = options;
  }

  async connect(signal: AbortSignal): Promise<PeerConnection> {
    const tunnel = await this.#open(signal);
    const options = { timeoutMs: TUNNEL_TIMEOUT_MS, ...this.#options };
    return connectOver(this.kind, { tunnel }, options, signal);
  }

  async #open(signal: AbortSignal): Promise<Duplex> {
    try {
      return await this.#openTunnel(signal);
    } catch (cause) {
      signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new FbtrError("WORKER_UNREACHABLE", `no tunnel through SSH: ${reason}`, {
        hint: (cause instanceof FbtrError && cause.hint) || "See `fbtr workers test`.",
        cause,
      });
    }
  }
}

async function connectOver(
  kind: "h2" | "tunnel",
  place: TlsPlace,
  options: Http2DialerOptions,
  signal: AbortSignal,
): Promise<PeerConnection> {
  const { credentials, keys } = options;
  const { timeoutMs = CONNECT_TIMEOUT_MS, watch = DEFAULT_PEER_WATCH } = options;
  const socket = await connectPinned({ place, credentials, keys, timeoutMs, signal });
  const { serverName: authority } = keys;
  return Http2Connection.open(socket, { kind, authority, watch, timeoutMs, signal });
}
