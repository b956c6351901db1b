import { lookup } from "node:dns/promises";

import { abortable, sleep } from "../../base/abort.ts";
import {
  CONNECT_TIMEOUT_MS,
  DEFAULT_PEER_WATCH,
  type PeerConnection,
  type PeerCredentials,
  type PeerDialer,
  type PeerKeys,
  type PeerWatch,
} from "../peer.ts";
import { Http3PeerConnection } from "./http3-peer-connection.ts";
import { QuicConnectError, type Quic, type QuicClosing, type QuicConnection } from "./quic.ts";
import {
  isCertificateAlert,
  isRefusal,
  keyChangedError,
  refusedError,
  unreachableError,
} from "./refusals.ts";

export interface Http3DialerOptions {
  readonly quic: Quic;
  /** Name or IP address. */
  readonly host: string;
  /** Port of UDP. */
  readonly port: number;
  readonly credentials: PeerCredentials;
  readonly keys: PeerKeys;
  /** Milliseconds for one attempt, beginning with the look-up of the name. @default 2000 */
  readonly timeoutMs?: number;
  readonly watch?: PeerWatch;
}

/** A listener that was told of us just now begins anew with our certificate; so long it takes. */
const ADMISSION_MS = 400;

/**
 * HTTP/3 to one machine. The QUIC library believes exactly the certificates of the machine, for
 * exactly its name: that is the check of the pin, before a byte of HTTP is sent.
 */
export class Http3Dialer implements PeerDialer {
  readonly kind = "h3";
  readonly #options: Http3DialerOptions;
  readonly #name: string;

  constructor(options: Http3DialerOptions) {
    this.#options = options;
    this.#name = `${options.host}:${options.port}`;
  }

  async connect(signal: AbortSignal): Promise<PeerConnection> {
    const { timeoutMs = CONNECT_TIMEOUT_MS } = this.#options;
    const deadline = AbortSignal.timeout(timeoutMs);
    const both = AbortSignal.any([signal, deadline]);
    try {
      const { address } = await abortable(lookup(this.#options.host), both, ignored);
      return (
        (await this.#attempt(address, both)) ??
        (await this.#attemptAgain(address, both)) ??
        this.#refuse()
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.#explain(error);
    }
  }

  async #attemptAgain(address: string, signal: AbortSignal): Promise<PeerConnection | undefined> {
    await sleep(ADMISSION_MS, signal);
    return this.#attempt(address, signal);
  }

  #refuse(): never {
    throw refusedError(this.#name);
  }

  /** @returns undefined if the other side does not know us. */
  async #attempt(address: string, signal: AbortSignal): Promise<PeerConnection | undefined> {
    const { quic, port, credentials, keys, timeoutMs = CONNECT_TIMEOUT_MS } = this.#options;
    const { certificate, key } = credentials;
    const { certificates: trusted, serverName } = keys;
    const target = { address, port, certificate, key, trusted, serverName, timeoutMs };
    const connection = await quic.connect(target, signal);
    return this.#greet(connection, signal);
  }

  /** A finished handshake is not a welcome yet: the other side checks our certificate last. */
  async #greet(quic: QuicConnection, signal: AbortSignal): Promise<PeerConnection | undefined> {
    const { watch = DEFAULT_PEER_WATCH } = this.#options;
    const peer = new Http3PeerConnection(quic, this.#options.keys.serverName, this.#name, watch);
    try {
      const closing = await abortable(Promise.race([peer.settled, quic.closed]), signal, ignored);
      if (!closing) return peer;
      if (isRefusal(closing)) return undefined;
      throw new QuicConnectError("It ended the connection at once.", closing);
    } catch (error) {
      await peer[Symbol.asyncDispose]();
      throw error;
    }
  }

  #explain(error: unknown): unknown {
    const closing: QuicClosing | undefined =
      error instanceof QuicConnectError ? error.closing : undefined;
    if (closing && isCertificateAlert(closing)) return keyChangedError(this.#name);
    const isOurs = error instanceof Error && "code" in error && error.code === "WORKER_REFUSED";
    return isOurs ? error : unreachableError(this.#name, error);
  }
}

/** What comes too late is of no use to anybody. */
function ignored(): void {}
