import type { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { Duplex } from "node:stream";

import type {
  QuicClientSession,
  QuicServer,
  QuicServerSession,
  createQuicServer,
  connectQuic,
} from "@currentspace/http3";

import { PrivateSurroundings } from "./private-surroundings.ts";

/** A stream in both directions; as one that came, it may have but one. */
export interface QuicStream extends Duplex {
  readonly id: number;
  /** Resets what we send and asks the other side to stop, with a code of RFC 9114 §8.1. */
  close(code: number): void;
}

/** Why a connection has ended: by a code of the application, or 0x100 plus an alert of TLS. */
export interface QuicClosing {
  readonly code: number;
  readonly reason: string;
}

export interface QuicConnection {
  readonly isServer: boolean;
  /** Of the other side; undefined on the client, to which the library does not show it. */
  readonly peerCertificate: X509Certificate | undefined;
  readonly remoteAddress: string;
  readonly closed: Promise<QuicClosing>;
  openStream(): QuicStream;
  /** Sends bytes on a new unidirectional stream, which is never ended. */
  openUnidirectional(bytes: Uint8Array): void;
  /** Hands over streams of the other side, also those that have come already. Once. */
  onStream(listener: (stream: QuicStream) => void): void;
  /** Asks the other side for a sign of life. */
  ping(): void;
  /** Packets that have come; an answered ping adds one. */
  packetsReceived(): number;
  close(code: number, reason: string): Promise<void>;
}

export interface QuicKeys {
  readonly certificate: string;
  readonly key: string;
  /** Certificates, as PEM, of whom to believe. At least one. */
  readonly trusted: readonly string[];
}

export interface QuicTarget extends QuicKeys {
  /** An IP address. */
  readonly address: string;
  readonly port: number;
  readonly serverName: string;
  readonly timeoutMs: number;
}

export interface QuicListenOptions extends QuicKeys {
  readonly address: string;
  /** 0 for any. */
  readonly port: number;
  readonly onConnection: (connection: QuicConnection) => void;
  /** Hears of those whose certificate was not accepted, or who had none. */
  readonly onRefused: (remoteAddress: string, closing: QuicClosing) => void;
}

export interface QuicListener {
  readonly port: number;
  close(): Promise<void>;
}

/** The connection ended before it was one. */
export class QuicConnectError extends Error {
  override readonly name = "QuicConnectError";
  /** Undefined if nobody answered. */
  readonly closing: QuicClosing | undefined;

  constructor(message: string, closing: QuicClosing | undefined) {
    super(message);
    this.closing = closing;
  }
}

/** The functions of the library that are used. */
interface Library {
  readonly createQuicServer: typeof createQuicServer;
  readonly connectQuic: typeof connectQuic;
}

/**
 * Members of the library's sessions that are not declared, and without which HTTP/3 cannot be
 * spoken over it: unidirectional streams. `quic-trial.ts` finds out whether they are as they were.
 */
interface UndeclaredClientMembers {
  readonly _eventLoop: { streamSend(id: number, bytes: Buffer, isLast: boolean): number } | null;
}
interface UndeclaredServerMembers {
  readonly _eventLoop: {
    streamSend(connection: number, id: number, bytes: Buffer, isLast: boolean): number;
  };
}
interface NativeEvent {
  readonly eventType: number;
  readonly connHandle: number;
  readonly meta?: { remoteAddr?: string; errorCode?: number; errorReason?: string };
}
interface UndeclaredEvents {
  _dispatchEvents(events: readonly NativeEvent[]): void;
}
const NATIVE_EVENT = { newConnection: 1, closed: 7, handshakeDone: 11 };

/** What both ends ask of QUIC. Neither 0-RTT nor resumption: each connection shows its key. */
const COMMON_OPTIONS = {
  alpn: ["h3"],
  // The other modes either need a newer kernel or do not check certificates of clients.
  runtimeMode: "portable" as const,
  maxIdleTimeoutMs: 10_000,
  initialMaxStreamsBidi: 512,
};

/**
 * QUIC (RFC 9000) of the package `@currentspace/http3`, of which the rest of fbtr knows nothing
 * but this file, so that `node:quic` can take its place.
 */
export class Quic {
  readonly #library: Library;
  readonly #surroundings = new PrivateSurroundings();

  /** @throws an error of Node where the package, or a binary for this machine, is absent. */
  constructor() {
    this.#library = createRequire(import.meta.url)("@currentspace/http3") as Library;
  }

  /**
   * Resolves when the handshake is done; the other side may have ended the connection since, because
   * it checks the client last: `closed` tells.
   *
   * @throws QuicConnectError, or the signal's reason.
   */
  async connect(target: QuicTarget, signal: AbortSignal): Promise<QuicConnection> {
    signal.throwIfAborted();
    const { address, port, serverName: servername, timeoutMs: connectTimeoutMs } = target;
    const session = await this.#surroundings.during(() => {
      const endpoint = { address, port, servername };
      const keys = pemOptions(target);
      return this.#library.connectQuic(endpoint, { ...COMMON_OPTIONS, ...keys, connectTimeoutMs });
    });
    const connection = new ClientConnection(session);
    const abandon = () => void session.close();
    signal.addEventListener("abort", abandon, { once: true });
    try {
      await session.ready();
    } catch (error) {
      signal.throwIfAborted();
      await session.close();
      if (connection.isHandshakeDone) return connection;
      throw new QuicConnectError((error as Error).message, connection.closing);
    } finally {
      signal.removeEventListener("abort", abandon);
    }
    return connection;
  }

  /** @throws an error of the library if the port cannot be had. */
  async listen(options: QuicListenOptions): Promise<QuicListener> {
    const server = this.#library.createQuicServer({
      ...COMMON_OPTIONS,
      ...pemOptions(options),
      clientAuth: "require",
    });
    // Those of single connections; they end, and are told of, as such.
    server.on("error", () => undefined);
    server.on("session", (session) => options.onConnection(new ServerConnection(session)));
    watchRefusals(server, options.onRefused);
    const bound = await this.#surroundings.during(() =>
      server.listen(options.port, options.address),
    );
    return { port: bound.port, close: () => server.close() };
  }
}

function pemOptions({ certificate, key, trusted }: QuicKeys) {
  return { cert: certificate, key, ca: trusted.join("\n") };
}

/** The library tells nothing of connections that end before their handshake is done. */
function watchRefusals(server: QuicServer, onRefused: QuicListenOptions["onRefused"]): void {
  const events = server as unknown as UndeclaredEvents;
  const dispatch = events._dispatchEvents.bind(server);
  const unfinished = new Map<number, string>();
  events._dispatchEvents = (batch) => {
    for (const { eventType, connHandle, meta } of batch) {
      const address = unfinished.get(connHandle);
      if (eventType === NATIVE_EVENT.newConnection) {
        unfinished.set(connHandle, meta?.remoteAddr ?? "");
      } else if (eventType === NATIVE_EVENT.handshakeDone) {
        unfinished.delete(connHandle);
      } else if (eventType === NATIVE_EVENT.closed && address !== undefined) {
        unfinished.delete(connHandle);
        onRefused(address, { code: meta?.errorCode ?? 0, reason: meta?.errorReason ?? "" });
      }
    }
    dispatch(batch);
  };
}

/** What the connections of both ends have in common. */
abstract class SessionConnection<Session extends QuicClientSession | QuicServerSession> {
  readonly closed: Promise<QuicClosing>;
  closing: QuicClosing | undefined;
  protected readonly session: Session;
  #nextUnidirectional: number;
  #onStream: ((stream: QuicStream) => void) | undefined;
  readonly #early: QuicStream[] = [];

  /** @param firstUnidirectional id of the first such stream of this end (RFC 9000 §2.1). */
  constructor(session: Session, firstUnidirectional: number) {
    this.session = session;
    this.#nextUnidirectional = firstUnidirectional;
    this.closed = once(session, "close").then(([info]) => {
      const { errorCode: code, reason } = info as { errorCode: number; reason: string };
      this.closing = { code, reason };
      return this.closing;
    });
    // The end of the connection tells it; without a listener the process would end.
    session.on("error", () => undefined);
    session.on("stream", (stream: QuicStream) => {
      stream.on("error", () => undefined);
      if (this.#onStream) this.#onStream(stream);
      else this.#early.push(stream);
    });
  }

  openStream(): QuicStream {
    const stream = this.session.openStream();
    stream.on("error", () => undefined);
    return stream;
  }

  openUnidirectional(bytes: Uint8Array): void {
    const id = this.#nextUnidirectional;
    this.#nextUnidirectional += 4;
    this.sendUnidirectional(id, Buffer.from(bytes));
  }

  onStream(listener: (stream: QuicStream) => void): void {
    this.#onStream = listener;
    for (const stream of this.#early.splice(0)) listener(stream);
  }

  ping(): void {
    this.session.ping();
  }

  packetsReceived(): number {
    return this.session.getMetrics()?.packetsIn ?? 0;
  }

  async close(code: number, reason: string): Promise<void> {
    await this.session.close(code, reason);
  }

  protected abstract sendUnidirectional(id: number, bytes: Buffer): void;
}

class ClientConnection extends SessionConnection<QuicClientSession> implements QuicConnection {
  readonly isServer = false;
  readonly peerCertificate = undefined;
  readonly remoteAddress = "";
  /** The library forgets it if the connection ends soon after. */
  isHandshakeDone = false;

  constructor(session: QuicClientSession) {
    super(session, 2);
    const events = session as unknown as UndeclaredEvents;
    const dispatch = events._dispatchEvents.bind(session);
    events._dispatchEvents = (batch) => {
      const isDone = batch.some(({ eventType }) => eventType === NATIVE_EVENT.handshakeDone);
      this.isHandshakeDone ||= isDone;
      dispatch(batch);
    };
  }

  protected sendUnidirectional(id: number, bytes: Buffer): void {
    const { _eventLoop: loop } = this.session as unknown as UndeclaredClientMembers;
    loop?.streamSend(id, bytes, false);
  }
}

class ServerConnection extends SessionConnection<QuicServerSession> implements QuicConnection {
  readonly isServer = true;

  constructor(session: QuicServerSession) {
    super(session, 3);
  }

  get peerCertificate(): X509Certificate | undefined {
    return this.session.getPeerCertificate() ?? undefined;
  }

  get remoteAddress(): string {
    return this.session.remoteAddress;
  }

  protected sendUnidirectional(id: number, bytes: Buffer): void {
    const { _eventLoop: loop } = this.session as unknown as UndeclaredServerMembers;
    loop.streamSend(this.session.connHandle, id, bytes, false);
  }
}
