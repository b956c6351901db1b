import { createSecureServer, type Http2SecureServer } from "node:http2";

import { readPrivateFile } from "../../base/private-file.ts";
import { FbtrError } from "../../base/errors.ts";
import { readFileSync } from "node:fs";
import { limitHttp2 } from "./http2-limits.ts";
import { MAX_HEADER_BYTES, MAX_SESSION_MEMORY, MAX_STREAMS, type HttpLimits } from "./limits.ts";
import type { TlsFiles } from "./listen-addresses.ts";
import type { ServerListeners } from "./listeners.ts";

/**
 * A server of HTTP/2 and HTTP/1.1 over TLS 1.3, on one port.
 *
 * @throws FbtrError CONFIG_INVALID if the files cannot be used, or others may read the key.
 */
export function createTlsServer(
  tls: TlsFiles,
  { request, upgrade }: ServerListeners,
  limits: HttpLimits,
): Http2SecureServer {
  const server = createSecureServer(
    {
      ...contentOf(tls),
      allowHTTP1: true,
      minVersion: "TLSv1.3",
      handshakeTimeout: limits.headersMs,
      maxSessionMemory: MAX_SESSION_MEMORY,
      maxHeaderSize: MAX_HEADER_BYTES,
      connectionsCheckingInterval: limits.checkMs,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES },
    } as Parameters<typeof createSecureServer>[0],
    request,
  );
  server.on("upgrade", upgrade);
  // A handshake that fails is the business of who tried it.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  limitHttp2(server, limits);
  return server;
}

function contentOf({ cert, key }: TlsFiles): { readonly cert: string; readonly key: string } {
  const secret = readPrivateFile(key);
  if (secret === undefined) {
    throw new FbtrError("CONFIG_INVALID", `there is no file ${key}`, {
      hint: "See server.tls_key_file.",
    });
  }
  return { cert: readFileSync(cert, "utf8"), key: secret };
}
