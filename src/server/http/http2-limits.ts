import type { Http2Server, Http2SecureServer, ServerHttp2Session } from "node:http2";

import type { HttpLimits } from "./limits.ts";

/**
 * Holds HTTP/2 clients to the limits: Node has none for them. A request whose body does not come in
 * time is reset; a connection on which nothing is asked is closed.
 */
export function limitHttp2(server: Http2Server | Http2SecureServer, limits: HttpLimits): void {
  const streams = new WeakMap<ServerHttp2Session, number>();
  const count = (session: ServerHttp2Session, change: number) => {
    streams.set(session, (streams.get(session) ?? 0) + change);
  };
  server.on("session", (session) => {
    session.setTimeout(limits.idleMs, () => {
      if ((streams.get(session) ?? 0) === 0) session.destroy();
    });
    // What a client has done to its connection is no fault of the daemon.
    session.on("error", () => session.destroy());
  });
  server.on("stream", (stream) => {
    const { session } = stream;
    if (session) {
      count(session, 1);
      stream.once("close", () => count(session, -1));
    }
    if (stream.endAfterHeaders) return;
    const timer = setTimeout(() => stream.close(), limits.requestMs);
    stream.once("end", () => clearTimeout(timer));
    stream.once("close", () => clearTimeout(timer));
  });
}
