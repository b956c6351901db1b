import { fileURLToPath } from "node:url";

import { Http3Dialer } from "../../src/transport/http3/http3-dialer.ts";
import { listenHttp3 } from "../../src/transport/http3/http3-listener.ts";
import { openQuic } from "../../src/transport/http3/quic-trial.ts";
import { describePeerConnection } from "./peer-connection.contract.ts";

describePeerConnection("HTTP/3", async () => {
  const quic = await openQuic();
  if (!quic) throw new Error("This machine has no HTTP/3.");
  return {
    listen: (credentials, gate, handler) =>
      listenHttp3({ quic, host: "127.0.0.1", port: 0, credentials, gate, handler }),
    dial: (address, credentials, keys) => {
      if (!("port" in address)) throw new Error("HTTP/3 has no sockets in files.");
      return new Http3Dialer({ quic, ...address, credentials, keys });
    },
    listeningProgram: fileURLToPath(new URL("../support/slow-http3-peer.ts", import.meta.url)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
