import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";

import { getRequestListener } from "@hono/node-server";

import { yieldToEventLoop } from "../../base/abort.ts";
import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import { withoutConnectionHeaders } from "./connection-headers.ts";
import type { ListenAddress } from "./listen-addresses.ts";
import type { HttpLimits } from "./limits.ts";
import { createPlainServer } from "./plain-server.ts";
import { createTlsServer } from "./secure-server.ts";

/** How a request has come. */
export interface Arrival {
  readonly via: "socket" | "network" | "peer";
  /** Address of the client; empty on a socket. */
  readonly address: string;
  /** The paired machine that has come, proved by its key. */
  readonly machine?: string;
}

/** What a server calls. */
export interface ServerListeners {
  readonly request: (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** What answers. */
export interface Answering {
  readonly fetch: (request: Request, arrival: Arrival) => Response | Promise<Response>;
  /** A client wants to speak WebSocket. */
  readonly upgrade: (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    arrival: Arrival,
  ) => void;
}

/** Open servers. Disposing takes no new connections, and ends the ones that there are. */
export interface OpenListeners extends AsyncDisposable {
  /** Of those that are not sockets, such as `https://0.0.0.0:8443`. */
  readonly addresses: readonly string[];
}

/**
 * Listens at all addresses, or at none.
 *
 * @throws FbtrError CONFIG_INVALID where an address cannot be had.
 */
export async function openListeners(
  addresses: readonly ListenAddress[],
  answering: Answering,
  limits: HttpLimits,
): Promise<OpenListeners> {
  const opened = new AsyncDisposableStack();
  try {
    const names: string[] = [];
    for (const address of addresses) {
      const { server, name } = await openListener(address, answering, limits);
      opened.use(server);
      if (address.kind !== "socket") names.push(name);
    }
    return { addresses: names, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openListener(address: ListenAddress, answering: Answering, limits: HttpLimits) {
  const via = address.kind === "socket" ? "socket" : "network";
  const arrivalOf = (socket: { remoteAddress?: string | undefined } | null): Arrival => {
    return { via, address: socket?.remoteAddress ?? "" };
  };
  const answer = getRequestListener((request, { incoming }) => {
    const answered = answering.fetch(request, arrivalOf(incoming.socket));
    return incoming.httpVersionMajor === 1 ? answered : withoutConnectionHeaders(answered);
  });
  const listeners: ServerListeners = {
    request: (request, response) => {
      cutStalled(response, limits.writeMs);
      void answer(request, response);
    },
    upgrade: (request, socket, head) =>
      answering.upgrade(request, socket, head, arrivalOf(request.socket)),
  };
  const server: Server =
    address.kind === "https"
      ? createTlsServer(address.tls, listeners, limits)
      : createPlainServer(listeners, limits);
  const connections = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  await listen(server, address);
  const name = address.kind === "socket" ? address.path : `${address.kind}://${hostPort(server)}`;
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    // What was answered in this turn of the loop is on its way still.
    await yieldToEventLoop();
    for (const socket of connections) socket.destroySoon();
    await closed;
  };
  return { server: { [Symbol.asyncDispose]: close }, name };
}

/**
 * Ends an answer of which the client takes nothing for so long while some of it waits: it would be
 * kept for as long as the client likes. Time in which there is nothing to send does not count.
 */
function cutStalled(response: ServerResponse | Http2ServerResponse, writeMs: number): void {
  response.setTimeout(writeMs, () => {
    if (response.writableLength > 0) response.destroy();
  });
}

async function listen(server: Server, address: ListenAddress): Promise<void> {
  if (address.kind === "socket") {
    // Whoever listened there before is gone: the lock of the state folder is ours.
    rmSync(address.path, { force: true });
    server.listen(address.path);
  } else {
    server.listen(address.port, address.host);
  }
  try {
    await once(server, "listening");
  } catch (cause) {
    throw unavailable(address, cause);
  }
  if (address.kind === "socket") chmodSync(address.path, 0o600);
}

function hostPort(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`;
}

function unavailable(address: ListenAddress, cause: unknown): FbtrError {
  const place = address.kind === "socket" ? address.path : `${address.host}:${address.port}`;
  const code = systemErrorCode(cause);
  const reason =
    code === "EADDRINUSE" ? "another program listens there" : `it cannot be had (${code})`;
  return new FbtrError("CONFIG_INVALID", `fbtr cannot listen on ${place}: ${reason}`, {
    hint: "Set server.host and server.port (TRANSLATOR_HOST, TRANSLATOR_PORT) to other ones.",
    cause,
  });
}
