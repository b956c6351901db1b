import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { createServer, type Server } from "node:net";

import { limitHttp2 } from "./http2-limits.ts";
import { MAX_HEADER_BYTES, MAX_SESSION_MEMORY, MAX_STREAMS, type HttpLimits } from "./limits.ts";
import type { ServerListeners } from "./listeners.ts";

/** How an HTTP/2 client begins (RFC 9113 §3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0");

/** A server of HTTP without TLS that speaks HTTP/1.1 and HTTP/2, as the client begins. */
export function createPlainServer(
  { request, upgrade }: ServerListeners,
  limits: HttpLimits,
): Server {
  const http1 = createHttpServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.idleMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    request as RequestListener,
  );
  http1.on("upgrade", upgrade);
  // It never listens itself, and without this event it would not look at its timeouts.
  http1.emit("listening");
  const http2 = createHttp2Server(
    {
      maxSessionMemory: MAX_SESSION_MEMORY,
      settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES },
    },
    request,
  );
  limitHttp2(http2, limits);
  // As servers of HTTP do by themselves: an answer, or an event, does not wait for the client.
  const server = createServer({ noDelay: true }, (socket) => {
    // A client that has gone is no fault of the daemon.
    socket.on("error", () => socket.destroy());
    socket.setTimeout(limits.headersMs, () => socket.destroy());
    const decide = () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      // As long as it may still become the preface, there is nothing to decide.
      if (first.length < PREFACE.length && PREFACE.subarray(0, first.length).equals(first)) return;
      socket.off("readable", decide);
      socket.removeAllListeners("timeout").setTimeout(0);
      const speaks2 = first.subarray(0, PREFACE.length).equals(PREFACE);
      (speaks2 ? http2 : http1).emit("connection", socket);
    };
    socket.on("readable", decide);
  });
  server.once("close", () => {
    http1.close();
    http2.close();
  });
  return server;
}
