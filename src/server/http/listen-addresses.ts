import { isIP } from "node:net";

import { FbtrError } from "../../base/errors.ts";

/** A place to listen at. Plain HTTP is spoken on sockets and on loopback alone. */
export type ListenAddress =
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "http"; readonly host: string; readonly port: number }
  | {
      readonly kind: "https";
      readonly host: string;
      readonly port: number;
      readonly tls: TlsFiles;
    };

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** What decides where the daemon listens. */
export interface ListenWishes {
  readonly socketPath: string;
  /** `server.host`; undefined: the user has said nothing. */
  readonly host: string | undefined;
  readonly port: number;
  /** The files of `server.tls_cert_file` and `server.tls_key_file`, if both are there. */
  readonly tls: TlsFiles | undefined;
  readonly enableAuth: boolean;
}

const LOOPBACK = "127.0.0.1";

/**
 * Where the daemon listens: always at its socket; on loopback as long as the user names no other
 * host; off loopback only with TLS and only to those who prove who they are.
 *
 * @throws FbtrError CONFIG_INVALID for a host that would be open to anybody.
 */
export function listenAddresses(wishes: ListenWishes): ListenAddress[] {
  const { socketPath: path, host = LOOPBACK, port, tls, enableAuth } = wishes;
  const socket = { kind: "socket", path } as const;
  if (!isLoopback(host)) {
    if (tls === undefined) {
      throw refused(host, "without TLS", "`fbtr daemon run --generate-certs` makes a certificate.");
    }
    if (!enableAuth) {
      throw refused(host, "to everybody", "Set security.enable_auth, or server.host to 127.0.0.1.");
    }
  }
  return [
    socket,
    tls === undefined ? { kind: "http", host, port } : { kind: "https", host, port, tls },
  ];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function refused(host: string, how: string, hint: string): FbtrError {
  return new FbtrError("CONFIG_INVALID", `fbtr does not listen on ${host} ${how}`, { hint });
}
