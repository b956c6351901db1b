import type { Duplex } from "node:stream";

import ssh2, {
  type Client,
  type ConnectConfig,
  type NextAuthHandler,
  type ServerHostKeyAlgorithm,
} from "ssh2";

import { abortable } from "../../base/abort.ts";
import { orderAlgorithms, type KnownHostLine } from "./known-hosts.ts";
import type { KeepAlive, SshTarget } from "./ssh-client.ts";
import { authFailed, turnedAway, unreachable, unsupported } from "./ssh-errors.ts";
import type { LoginAttempt } from "./ssh2-auth.ts";

/** Without SHA-1 and CBC, which ssh2 offers by default. */
const ALGORITHMS = {
  kex: ["curve25519-sha256", "curve25519-sha256@libssh.org"],
  cipher: ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com"],
  hmac: ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"],
  compress: ["none"],
} satisfies ConnectConfig["algorithms"];

const HOST_KEY_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

export interface Handshake {
  readonly target: SshTarget;
  /** Open; it is destroyed when the handshake fails. */
  readonly socket: Duplex;
  readonly keepAlive: KeepAlive;
  /** What known_hosts says about the target. */
  readonly knownLines: readonly KnownHostLine[];
  /** Rejects if the key that the host shows is not to be trusted. */
  readonly check: (key: Buffer) => Promise<void>;
  readonly login: LoginAttempt;
  readonly signal: AbortSignal;
}

/** Agrees on algorithms, checks the host, logs in. */
export async function shakeHands(handshake: Handshake): Promise<Client> {
  const { target, login, socket, signal } = handshake;
  const client = new ssh2.Client();
  const ready = new Promise<Client>((resolve, reject) => {
    client.on("ready", () => resolve(client));
    // Stays for the whole life of the client: an error without a listener would end the process.
    client.on("error", (error) => {
      // An agent that fails is passed over; the next method is tried.
      if (error.level !== "agent") reject(toHandshakeError(target, login, error));
    });
    client.on("close", () => reject(unreachable(target, "it hung up during the handshake")));
    client.connect({
      ...settingsOf(handshake),
      hostVerifier: (key: Buffer, verify: (trusted: boolean) => void) => {
        handshake.check(key).then(
          () => verify(true),
          (error: Error) => {
            reject(error);
            verify(false);
          },
        );
      },
      authHandler: (allowed, _partial, next) => {
        // The types of ssh2 leave out `false`, which ends the login.
        const proceed = next as (method: Parameters<NextAuthHandler>[0] | false) => void;
        login.next(allowed).then(proceed, reject);
      },
    });
  });
  try {
    return await abortable(ready, signal, (late) => late.destroy());
  } catch (error) {
    client.destroy();
    socket.destroy();
    throw error;
  }
}

function settingsOf({ target, socket, keepAlive, knownLines }: Handshake): ConnectConfig {
  return {
    sock: socket,
    username: target.user,
    algorithms: {
      ...ALGORITHMS,
      serverHostKey: orderAlgorithms(knownLines, HOST_KEY_ALGORITHMS),
    },
    keepaliveInterval: keepAlive.intervalMs,
    keepaliveCountMax: keepAlive.misses,
    // The caller's deadline watches, as it knows of prompts.
    readyTimeout: 0,
  };
}

/** ssh2 tells its errors apart by a level, and in part only by the message. */
function toHandshakeError(
  target: SshTarget,
  { tried }: LoginAttempt,
  error: Error & { readonly level?: string },
): Error {
  const { level, message } = error;
  if (level === "client-authentication" || /Too many authentication failures/.test(message))
    return authFailed(target, tried, error);
  if (/lost before handshake/.test(message)) return turnedAway(target, error);
  if (/ECONNRESET/.test(message) && tried.length === 0) return turnedAway(target, error);
  if (/no matching/.test(message))
    return unsupported(target, `the server has other algorithms only (${message})`, error);
  return unreachable(target, message, error);
}
