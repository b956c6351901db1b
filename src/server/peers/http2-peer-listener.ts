import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2Session,
} from "node:http2";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";

import { getRequestListener } from "@hono/node-server";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import type {
  PeerArrival,
  PeerCredentials,
  PeerGate,
  PeerHandler,
  PeerListener,
} from "../../transport/peer.ts";
import { pinOf } from "../../transport/pin.ts";
import { withoutConnectionHeaders } from "../http/connection-headers.ts";
import { limitHttp2 } from "../http/http2-limits.ts";
import {
  MAX_HEADER_BYTES,
  MAX_SESSION_MEMORY,
  MAX_STREAMS,
  type HttpLimits,
} from "../http/limits.ts";

export interface Http2PeerOptions {
  /** Where to listen: a network address (port 0 for any), or the path of a socket. */
  readonly at: { readonly host: string; readonly port: number } | { readonly path: string };
  readonly credentials: PeerCredentials;
  readonly gate: PeerGate;
  readonly handler: PeerHandler;
  readonly limits: HttpLimits;
}

/**
 * Takes connections of paired machines over HTTP/2 with TLS 1.3. Who shows no key that is let in is
 * cut before a byte of HTTP is read, on each connection, a resumed one too.
 *
 * @throws FbtrError CONFIG_INVALID where the address cannot be had.
 */
export async function listenHttp2(options: Http2PeerOptions): Promise<PeerListener> {
  const { at, credentials, gate, handler, limits } = options;
  const server = createSecureServer({
    cert: credentials.certificate,
    key: credentials.key,
    minVersion: "TLSv1.3",
    requestCert: true,
    // Who is let in is decided below, by the key.
    rejectUnauthorized: false,
    ALPNProtocols: ["h2"],
    handshakeTimeout: limits.headersMs,
    maxSessionMemory: MAX_SESSION_MEMORY,
    settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES },
  });
  const live = new Map<TLSSocket, string>();
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const pin = admittedPin(socket, gate);
    if (pin === undefined) return;
    live.set(socket, pin);
    socket.once("close", () => live.delete(socket));
  });
  const arrivals = new WeakMap<Http2Session, PeerArrival>();
  server.on("session", (session) => {
    const arrival = arrivalOf(session);
    if (arrival) arrivals.set(session, arrival);
  });
  const answer = getRequestListener((request, { incoming }) => {
    const { session } = (incoming as Http2ServerRequest).stream;
    const arrival = session && arrivals.get(session);
    if (arrival === undefined) return new Response(null, { status: 421 });
    return withoutConnectionHeaders(handler(request, arrival));
  });
  server.on("request", (request, response) => void answer(request, response));
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  limitHttp2(server, limits);
  await listen(server, at);
  const cut = (isMeant: (pin: string) => boolean) => {
    for (const [socket, pin] of live) if (isMeant(pin)) socket.destroy();
  };
  return {
    kind: "h2",
    address: "path" in at ? at : { host: at.host, port: (server.address() as AddressInfo).port },
    revoke: (pin) => cut((own) => own === pin),
    // The gate is asked at each connection.
    refresh: () => undefined,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      cut(() => true);
      await closed;
    },
  };
}

/** The pin of who has connected, if it is let in; else the connection is cut. */
function admittedPin(socket: TLSSocket, gate: PeerGate): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  const pin = certificate && pinOf(certificate);
  if (pin !== undefined && gate.admitted().some((known) => pinOf(known) === pin)) return pin;
  gate.refused(pin, socket.remoteAddress ?? "");
  socket.on("error", () => undefined);
  socket.destroy();
  return undefined;
}

/** Who has come; undefined if it was not let in: Node makes a session of a cut connection, too. */
function arrivalOf({ socket }: Http2Session): PeerArrival | undefined {
  const { remoteAddress: address = "" } = socket;
  const certificate = (socket as Partial<TLSSocket>).getPeerX509Certificate?.();
  return certificate && { pin: pinOf(certificate), address };
}

async function listen(server: Http2SecureServer, at: Http2PeerOptions["at"]): Promise<void> {
  if ("path" in at) {
    // Whoever listened there before is gone: the lock of the state folder is ours.
    rmSync(at.path, { force: true });
    server.listen(at.path);
  } else {
    server.listen(at.port, at.host);
  }
  try {
    await once(server, "listening");
  } catch (cause) {
    const place = "path" in at ? at.path : `${at.host}:${at.port}`;
    throw new FbtrError(
      "CONFIG_INVALID",
      `fbtr cannot listen for paired machines on ${place} (${systemErrorCode(cause)})`,
      { hint: "Set server.peer_host and server.peer_port to other ones.", cause },
    );
  }
  if ("path" in at) chmodSync(at.path, 0o600);
}
