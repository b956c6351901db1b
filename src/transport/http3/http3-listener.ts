import { sleep } from "../../base/abort.ts";
import type { PeerCredentials, PeerGate, PeerHandler, PeerListener } from "../peer.ts";
import { pinOf } from "../pin.ts";
import { answerRequest } from "./http3-answering.ts";
import { Http3Connection } from "./http3-connection.ts";
import { H3 } from "./http3-error.ts";
import type { Quic, QuicClosing, QuicConnection, QuicListener } from "./quic.ts";
import { NOT_ADMITTED, isCertificateAlert, isRefusal } from "./refusals.ts";

export interface Http3ListenOptions {
  readonly quic: Quic;
  /** An IP address. */
  readonly host: string;
  /** Port of UDP; 0 for any. */
  readonly port: number;
  readonly credentials: PeerCredentials;
  readonly gate: PeerGate;
  readonly handler: PeerHandler;
}

/** Requests of one connection that are worked on; more are refused (RFC 9114 §10.5). */
const MAX_REQUESTS = 256;
/** How long to wait until the port can be had again. */
const RETRY_MS = 200;

/** @throws an error of the library if the port cannot be had. */
export async function listenHttp3(options: Http3ListenOptions): Promise<PeerListener> {
  const listener = new Http3Listener(options);
  await listener.open();
  return listener;
}

class Http3Listener implements PeerListener {
  readonly kind = "h3";
  readonly #options: Http3ListenOptions;
  readonly #connections = new Map<Http3Connection, string>();
  #quic: QuicListener | undefined;
  #port: number;
  /** Certificates that the QUIC library was given: it reads them once. */
  #known: readonly string[] = [];
  #renewal: Promise<void> | undefined;
  readonly #closed = new AbortController();

  constructor(options: Http3ListenOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: this.#options.host, port: this.#port };
  }

  async open(): Promise<void> {
    const { quic, host, credentials, gate } = this.#options;
    this.#known = gate.admitted();
    this.#quic = await quic.listen({
      ...credentials,
      // Our own stands for nobody: the list must not be empty.
      trusted: [credentials.certificate, ...this.#known],
      address: host,
      port: this.#port,
      onConnection: (connection) => this.#take(connection),
      onRefused: (address, closing) => this.#hearRefusal(address, closing),
    });
    this.#port = this.#quic.port;
  }

  revoke(pin: string): void {
    for (const [connection, owner] of this.#connections) {
      if (owner === pin) void connection.close(NOT_ADMITTED);
    }
  }

  refresh(): void {
    if (this.#hasNews()) this.#renewal ??= this.#renew();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new Error("The listener was closed."));
    await this.#renewal;
    await this.#closeAll();
  }

  /** The certificate has been proved; whether its owner is let in is asked now, each time. */
  #take(quic: QuicConnection): void {
    const { gate, handler } = this.#options;
    const pin = quic.peerCertificate && pinOf(quic.peerCertificate);
    if (pin === undefined || !gate.admitted().some((admitted) => pinOf(admitted) === pin)) {
      gate.refused(pin, quic.remoteAddress);
      void quic.close(H3[NOT_ADMITTED], "");
      return;
    }
    const peer = { pin, address: quic.remoteAddress };
    let open = 0;
    const connection = new Http3Connection(quic, {
      requestStream: (stream) => {
        if (open >= MAX_REQUESTS) {
          stream.close(H3.EXCESSIVE_LOAD);
          return;
        }
        open += 1;
        const options = { stream, handler, peer, onConnectionError: connection.fail };
        void answerRequest(options).finally(() => {
          open -= 1;
        });
      },
    });
    this.#connections.set(connection, pin);
    void quic.closed.then(() => this.#connections.delete(connection));
  }

  #hearRefusal(address: string, closing: QuicClosing): void {
    if (!isRefusal(closing)) return;
    this.#options.gate.refused(undefined, address);
    if (isCertificateAlert(closing)) this.refresh();
  }

  #hasNews(): boolean {
    return this.#options.gate.admitted().some((certificate) => !this.#known.includes(certificate));
  }

  /**
   * Listens anew, with the certificates of those who were let in since. Whoever is connected
   * connects again: pairing is rare.
   */
  async #renew(): Promise<void> {
    await this.#closeAll();
    while (!this.#closed.signal.aborted) {
      try {
        await this.open();
        break;
      } catch {
        // Somebody has taken the port in the meantime, and may give it back.
        await sleep(RETRY_MS, this.#closed.signal).catch(() => undefined);
      }
    }
    this.#renewal = undefined;
  }

  async #closeAll(): Promise<void> {
    await Promise.all([...this.#connections.keys()].map((connection) => connection.close()));
    await this.#quic?.close();
    this.#quic = undefined;
  }
}
