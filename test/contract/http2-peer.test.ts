import { connect } from "node:net";
import { fileURLToPath } from "node:url";

import { httpLimits } from "../../src/server/http/limits.ts";
import { listenHttp2, type Http2PeerOptions } from "../../src/server/peers/http2-peer-listener.ts";
import { Http2Dialer, TunnelDialer } from "../../src/transport/http2/http2-dialer.ts";
import type { PeerCredentials, PeerGate, PeerHandler } from "../../src/transport/peer.ts";
import { tempDir } from "../support/temp-dir.ts";
import { describePeerConnection } from "./peer-connection.contract.ts";

const listeningProgram = fileURLToPath(new URL("../support/slow-http2-peer.ts", import.meta.url));

function listenAt(at: Http2PeerOptions["at"]) {
  return (credentials: PeerCredentials, gate: PeerGate, handler: PeerHandler) =>
    listenHttp2({ at, credentials, gate, handler, limits: httpLimits(30, 30) });
}

describePeerConnection("HTTP/2", () =>
  Promise.resolve({
    listen: listenAt({ host: "127.0.0.1", port: 0 }),
    dial: (address, credentials, keys) => {
      if (!("port" in address)) throw new Error("not an address of the network");
      return new Http2Dialer(address, { credentials, keys });
    },
    listeningProgram,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }),
);

// What SSH gives is a stream that ends at the worker's socket; test/integration/workers has the SSH.
describePeerConnection("HTTP/2 through a tunnel", async () => {
  const dir = await tempDir();
  let listeners = 0;
  return {
    listen: (...options) => {
      listeners += 1;
      return listenAt({ path: dir.file(`peers-${listeners}.sock`) })(...options);
    },
    dial: (address, credentials, keys) => {
      const open = () =>
        Promise.resolve("path" in address ? connect(address.path) : connect(address));
      return new TunnelDialer(open, { credentials, keys });
    },
    listeningProgram,
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
});
