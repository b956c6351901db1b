import { describe, expect, it } from "vitest";

import { listenAddresses } from "../../../../src/server/http/listen-addresses.ts";

const TLS = { cert: "server.crt", key: "server.key" };
const asked = { socketPath: "/run/fbtr.sock", port: 8443, tls: undefined, enableAuth: true };

describe("where the daemon listens", () => {
  it.each([
    [undefined, "127.0.0.1"],
    ["127.0.0.1", "127.0.0.1"],
    ["127.1.2.3", "127.1.2.3"],
    ["::1", "::1"],
    ["localhost", "localhost"],
  ])("with server.host %s is its socket and %s", (host, expected) => {
    const socket = { kind: "socket", path: "/run/fbtr.sock" };
    for (const enableAuth of [true, false]) {
      const http = { kind: "http", host: expected, port: 8443 };
      expect(listenAddresses({ ...asked, host, enableAuth })).toEqual([socket, http]);
      const https = { kind: "https", host: expected, port: 8443, tls: TLS };
      expect(listenAddresses({ ...asked, host, enableAuth, tls: TLS })).toEqual([socket, https]);
    }
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "books.example.com", "127.0.0.1.example.com"])(
    "is %s only with TLS, and to those who show who they are",
    (host) => {
      const listen = (tls: typeof TLS | undefined, enableAuth: boolean) =>
        listenAddresses({ ...asked, host, tls, enableAuth });
      expect(() => listen(undefined, true)).toThrow(`does not listen on ${host} without TLS`);
      expect(() => listen(TLS, false)).toThrow(`does not listen on ${host} to everybody`);
      expect(listen(TLS, true)[1]).toEqual({ kind: "https", host, port: 8443, tls: TLS });
    },
  );
});
