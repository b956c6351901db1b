import type { FbtrError } from "../base/errors.ts";

/** Ways to another machine, the first choice first. */
export const TRANSPORTS = ["h3", "h2", "tunnel"] as const;
/** `h3` is HTTP/3, `h2` is HTTP/2 over TLS, `tunnel` is the same through an SSH connection. */
export type TransportKind = (typeof TRANSPORTS)[number];

export interface PeerRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** With the query, such as `/api/v1/events?since=7`. */
  readonly path: string;
  /** Lower case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Ends the request and its answer, and tells the other side. */
  readonly signal: AbortSignal;
}

export interface PeerAnswer {
  readonly status: number;
  /** Lower case names. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * What comes, as it comes; to be read to its end or left, which ends the request. It throws
   * WORKER_LOST if the answer breaks off, and the signal's reason when that is aborted.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * An open connection to a machine that has proved to hold the pinned key, as we have proved to it.
 * Implementations pass `test/contract/peer-connection.contract.ts`.
 */
export interface PeerConnection extends AsyncDisposable {
  readonly kind: TransportKind;
  readonly isOpen: boolean;
  /** Resolves when the connection has ended: with the reason, or with undefined after dispose. */
  readonly ended: Promise<FbtrError | undefined>;
  /**
   * Any number at the same time. Resolves when the headers of the answer are there.
   *
   * @throws FbtrError WORKER_LOST if the connection ended first; whether the other side has acted
   *   is unknown. WORKER_REFUSED if it does not know us (any more).
   * @throws the signal's reason when it is aborted.
   */
  request(request: PeerRequest): Promise<PeerAnswer>;
}

/** One way to one machine. */
export interface PeerDialer {
  readonly kind: TransportKind;
  /**
   * Readies what is needed before anything can be tried, so that it does not count as time to
   * connect; false if this way cannot be gone from here. Idempotent.
   */
  prepare?(): Promise<boolean>;
  /**
   * One attempt. No byte of HTTP is sent before the pin of the other side is checked.
   *
   * @throws FbtrError WORKER_UNREACHABLE, WORKER_REFUSED (it does not know us), WORKER_KEY_CHANGED
   *   (it is not the machine that we have paired with).
   * @throws the signal's reason when it is aborted.
   */
  connect(signal: AbortSignal): Promise<PeerConnection>;
}

/** What both ends need to know each other. */
export interface PeerCredentials {
  /** Ours, as PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** What a client knows of the machine that it connects to. */
export interface PeerKeys {
  /** Certificates of the machine as PEM: the one in use, and the next one if it was announced. */
  readonly certificates: readonly string[];
  /** Name in its certificate, such as `5f1c….fbtr.internal`. */
  readonly serverName: string;
}

/** How a silent connection is found dead: a question each `intervalMs`, and no answer in `patienceMs`. */
export interface PeerWatch {
  readonly intervalMs: number;
  readonly patienceMs: number;
}

export const DEFAULT_PEER_WATCH: PeerWatch = { intervalMs: 1000, patienceMs: 3000 };

/** Milliseconds for one attempt to connect. */
export const CONNECT_TIMEOUT_MS = 2000;

/** What a listener for peers hands over: answered by the same API as all else. */
export type PeerHandler = (request: Request, peer: PeerArrival) => Response | Promise<Response>;

/** Who has connected, proved by its key. */
export interface PeerArrival {
  readonly pin: string;
  /** Its address; empty where it came through a socket. */
  readonly address: string;
}

/** Whom a listener lets in; asked at each connection. */
export interface PeerGate {
  /** Certificates, as PEM, of those who are let in now. */
  admitted(): readonly string[];
  /** Hears of everybody else: who came, from where. `pin` is undefined without a certificate. */
  refused(pin: string | undefined, address: string): void;
}

/** Takes connections of peers. Disposing ends them all. */
export interface PeerListener extends AsyncDisposable {
  readonly kind: "h3" | "h2";
  /** Port, or the path of a socket. */
  readonly address: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Ends the connections of a peer that is no longer let in. */
  revoke(pin: string): void;
  /** Hears that others are let in than before; so they need not knock twice. */
  refresh(): void;
}
