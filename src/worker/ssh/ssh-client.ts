import type { Duplex, Readable } from "node:stream";

import type { FbtrError } from "../../base/errors.ts";
import type { Secret } from "../../base/secret.ts";

/**
 * How to prove who one is. What is given is tried in the order of the fields, but keys that need a
 * passphrase after the agent, which may hold them.
 */
export interface SshAuth {
  /** Private keys: paths, or the keys themselves. */
  readonly keys?: readonly (string | Secret)[];
  /** Socket of an ssh-agent. */
  readonly agent?: string;
  /** Also answers the one question that a server asks instead (keyboard-interactive). */
  readonly password?: Secret;
}

/** A machine to connect to. */
export interface SshTarget {
  /** Name or address, as it stands in known_hosts. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly auth: SshAuth;
  /** The machine that the connection goes through (ProxyJump). */
  readonly jump?: SshTarget;
  /**
   * Name in the user's ssh configuration, which the system's ssh then reads itself; without it the
   * system's ssh reads no configuration.
   */
  readonly configName?: string;
  /** Why only the system's ssh can connect, such as "it needs a ProxyCommand". */
  readonly needsOpenSsh?: string;
  /** Which implementation connects. Default: auto. */
  readonly client?: SshClientChoice;
}

/** `auto` is ssh2 where it can, else the system's ssh. */
export type SshClientChoice = "auto" | "ssh2" | "openssh";

/** The key of a host that stands in no known_hosts file. */
export interface OfferedHostKey {
  readonly host: string;
  readonly port: number;
  /** As ssh names it to people: ED25519, ECDSA, RSA. */
  readonly type: string;
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

export interface SshQuestion {
  readonly host: string;
  readonly user: string;
  readonly text: string;
  /** Whether the answer may be seen while it is typed. */
  readonly echo: boolean;
}

/** What only the user can say. Time that passes in a prompt does not count as waiting for the host. */
export interface SshPrompts {
  /** Whether the key is the host's own. Without this prompt an unknown host is refused. */
  readonly trustHost?: (offered: OfferedHostKey) => Promise<boolean>;
  /** Passphrase of a private key, named by its path; undefined if the user gives none. */
  readonly passphrase?: (keyName: string) => Promise<Secret | undefined>;
  /** A password, or what else a server asks; undefined if the user gives none. */
  readonly answer?: (question: SshQuestion) => Promise<Secret | undefined>;
}

/** How a client connects, whatever its implementation. */
export interface SshClientOptions {
  /** Files of known host keys; keys that the user trusts are added to the first. */
  readonly knownHosts: readonly string[];
  readonly prompts?: SshPrompts;
  /** Milliseconds for one connection until it can be used, prompts not counted. */
  readonly timeoutMs: number;
  /** How a peer that is gone is noticed. */
  readonly keepAlive?: KeepAlive;
}

export interface KeepAlive {
  /** Milliseconds of silence after which the peer is asked; the system's ssh counts whole seconds. */
  readonly intervalMs: number;
  /** Questions without an answer after which the connection is given up. */
  readonly misses: number;
}

export const DEFAULT_KEEP_ALIVE: KeepAlive = { intervalMs: 10_000, misses: 3 };

export interface ExecOptions {
  /** Goes to the command; its standard input is at its end afterwards, and at once without it. */
  readonly stdin?: string | Uint8Array | Readable;
  /** Ends the wait, and the command as far as the server allows. */
  readonly signal?: AbortSignal;
  /** More bytes on either output are an error. Default: 8 MiB. */
  readonly maxOutputBytes?: number;
}

export const DEFAULT_MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

export interface ExecResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /**
   * Undefined if a signal ended the command, or if nobody knows: sshd may not tell it of a command
   * that left its input unread, and the system's ssh says 255 for failures of its own too. A caller
   * for whom it matters frames its reply on standard output.
   */
  readonly exitCode: number | undefined;
  /** Such as "TERM"; the system's ssh does not tell it. */
  readonly signal: string | undefined;
}

/** An open connection. Whatever fails is an `FbtrError` with a code that begins with `SSH_`. */
export interface SshConnection extends AsyncDisposable {
  readonly kind: "ssh2" | "openssh";
  readonly target: SshTarget;
  readonly isOpen: boolean;
  /** Resolves when the connection has ended: with the reason, or with undefined after `close`. */
  readonly ended: Promise<FbtrError | undefined>;

  /**
   * Runs a command in the login shell of the user. No environment is handed over, as servers drop
   * it: everything goes through `stdin`. The command outlives a lost connection unless it ends when
   * its standard input does.
   *
   * @throws FbtrError SSH_LOST if the connection ended first; whether the command ran is unknown.
   * @throws FbtrError SSH_BUSY if the server opens no further session.
   * @throws the signal's reason when it is aborted.
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;

  /**
   * A stream to a TCP port as the host sees it. A place that refuses shows as an error of the
   * promise or of the stream.
   */
  openTunnel(host: string, port: number): Promise<Duplex>;

  /** A stream to a socket in the host's file system. A place that refuses shows as in `openTunnel`. */
  openSocketTunnel(path: string): Promise<Duplex>;

  /**
   * Replaces a file by SFTP, whole or not at all. Idempotent.
   *
   * @param remotePath relative to the home folder of the user, if it is not absolute.
   * @param mode such as 0o600.
   */
  writeFile(remotePath: string, bytes: Uint8Array, mode: number): Promise<void>;

  /** Reads a file by SFTP; undefined if there is none. */
  readFile(remotePath: string): Promise<Buffer | undefined>;

  /** Ends everything that goes through the connection. Safe to call twice. */
  close(): Promise<void>;
}

export interface SshClient {
  /**
   * One attempt.
   *
   * @throws FbtrError SSH_UNREACHABLE, SSH_HOST_UNKNOWN, SSH_HOST_CHANGED, SSH_HOST_REVOKED,
   * SSH_AUTH_FAILED, SSH_KEY_UNUSABLE, SSH_UNSUPPORTED, SSH_FAILED.
   * @throws the signal's reason when it is aborted.
   */
  connect(target: SshTarget, signal?: AbortSignal): Promise<SshConnection>;
}
