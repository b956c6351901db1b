import type { Duplex } from "node:stream";

import type { Client, ClientChannel, ClientErrorExtensions, SFTPWrapper } from "ssh2";

import type { FbtrError } from "../../base/errors.ts";
import { abortable } from "../../base/abort.ts";
import { feedCommand } from "./command-input.ts";
import { CommandOutput } from "./command-output.ts";
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  type ExecOptions,
  type ExecResult,
  type SshConnection,
  type SshTarget,
} from "./ssh-client.ts";
import { connectionLost, sessionRefused, sshFailed, tooMuchOutput } from "./ssh-errors.ts";
import { readRemoteFile, replaceRemoteFile } from "./ssh2-files.ts";

const CLOSE_GRACE_MS = 2000;

type Callback<T> = (error: Error | undefined, value: T) => void;

/** A connection of the package ssh2. */
export class Ssh2Connection implements SshConnection {
  readonly kind = "ssh2";
  readonly target: SshTarget;
  readonly ended: Promise<FbtrError | undefined>;
  readonly #client: Client;
  readonly #socket: Duplex;
  readonly #jump: SshConnection | undefined;
  #isOpen = true;
  #closing = false;
  #failure: Error | undefined;
  #hasRunCommand = false;

  /**
   * @param socket what `client` speaks through.
   * @param jump what the connection goes through, and what is closed with it.
   */
  constructor(target: SshTarget, client: Client, socket: Duplex, jump: SshConnection | undefined) {
    this.target = target;
    this.#client = client;
    this.#socket = socket;
    this.#jump = jump;
    client.on("error", (error) => {
      this.#failure ??= error;
    });
    this.ended = new Promise((resolve) => {
      client.once("close", () => {
        this.#isOpen = false;
        resolve(this.#closing ? undefined : this.#lost());
        void jump?.close();
      });
    });
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#closing;
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const { signal } = options;
    signal?.throwIfAborted();
    const opening = this.#openSession<ClientChannel>((done) => this.#client.exec(command, done));
    const channel = await abortable(opening, signal, (late) => late.close());
    this.#hasRunCommand = true;
    return this.#collect(channel, options);
  }

  async openTunnel(host: string, port: number): Promise<Duplex> {
    await this.#wakeServer();
    return this.#tunnel(`${host}:${port}`, (done) =>
      this.#client.forwardOut("127.0.0.1", 0, host, port, done),
    );
  }

  async openSocketTunnel(path: string): Promise<Duplex> {
    await this.#wakeServer();
    return this.#tunnel(path, (done) => this.#client.openssh_forwardOutStreamLocal(path, done));
  }

  async writeFile(remotePath: string, bytes: Uint8Array, mode: number): Promise<void> {
    await this.#withSftp((sftp) => replaceRemoteFile(this.target, sftp, remotePath, bytes, mode));
  }

  async readFile(remotePath: string): Promise<Buffer | undefined> {
    return this.#withSftp((sftp) => readRemoteFile(this.target, sftp, remotePath));
  }

  async close(): Promise<void> {
    if (this.isOpen) {
      this.#closing = true;
      this.#client.end();
    }
    // A peer that answers no more does not hang up either. (`destroy` of ssh2 does nothing after `end`.)
    const giveUp = setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS);
    await this.ended;
    clearTimeout(giveUp);
    await this.#jump?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #lost(): FbtrError {
    const reason = this.#failure?.message ?? "the other side closed it";
    return connectionLost(this.target, reason, this.#failure);
  }

  /** Opens a channel: ssh2 throws at once, or calls back with an error. */
  async #open<T>(
    open: (done: Callback<T>) => unknown,
    toError: (error: Error) => FbtrError,
  ): Promise<T> {
    if (!this.isOpen) throw this.#lost();
    return new Promise<T>((resolve, reject) => {
      const fail = (error: Error) => {
        const isLost = !this.isOpen || /No response from server|Not connected/.test(error.message);
        reject(isLost ? this.#lost() : toError(error));
      };
      try {
        open((error, value) => (error ? fail(error) : resolve(value)));
      } catch (error) {
        fail(error as Error);
      }
    });
  }

  async #openSession<T>(open: (done: Callback<T>) => unknown): Promise<T> {
    return this.#open(open, (error) => toSessionError(this.target, error));
  }

  async #collect(channel: ClientChannel, options: ExecOptions): Promise<ExecResult> {
    const { stdin = "", signal, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = options;
    return new Promise((resolve, reject) => {
      let exit: Pick<ExecResult, "exitCode" | "signal"> | undefined;
      const stop = (reason: Error) => {
        reject(reason);
        // Servers that know no signals (OpenSSH before 7.9) close standard input only.
        channel.signal("TERM");
        channel.close();
      };
      const overflow = () => stop(tooMuchOutput(this.target, maxOutputBytes));
      const leave = () => stop(signal?.reason as Error);
      const stdout = new CommandOutput(channel, maxOutputBytes, overflow);
      const stderr = new CommandOutput(channel.stderr, maxOutputBytes, overflow);
      channel.on("exit", (code: number | null, name?: string) => {
        exit = { exitCode: code ?? undefined, signal: name?.replace(/^SIG/, "") };
      });
      channel.once("close", () => {
        signal?.removeEventListener("abort", leave);
        if (exit === undefined && !this.#isOpen) {
          reject(this.#lost());
          return;
        }
        const { exitCode, signal: name } = exit ?? {};
        resolve({ stdout: stdout.bytes(), stderr: stderr.bytes(), exitCode, signal: name });
      });
      signal?.addEventListener("abort", leave, { once: true });
      feedCommand(stdin, channel, stop);
    });
  }

  async #tunnel(place: string, open: (done: Callback<ClientChannel>) => unknown): Promise<Duplex> {
    return this.#open(open, (error) => tunnelRefused(this.target, place, error));
  }

  /**
   * sshd 9.2 sets its own TCP_NODELAY with the first command only; without it every small message
   * through a tunnel takes 40 ms longer. How the command ends tells nothing about tunnels.
   */
  async #wakeServer(): Promise<void> {
    if (this.#hasRunCommand) return;
    await this.exec("true").catch(() => undefined);
    this.#hasRunCommand = true;
  }

  async #withSftp<T>(work: (sftp: SFTPWrapper) => Promise<T>): Promise<T> {
    const sftp = await this.#openSession<SFTPWrapper>((done) => this.#client.sftp(done));
    try {
      return await work(sftp);
    } catch (error) {
      throw this.isOpen ? error : this.#lost();
    } finally {
      sftp.end();
    }
  }
}

/** The server's refusals carry a number (RFC 4254, 5.1); for sessions all mean MaxSessions. */
function toSessionError(
  target: SshTarget,
  error: Error & { readonly reason?: unknown },
): FbtrError {
  if (error.reason !== undefined) return sessionRefused(target, error);
  return sshFailed(target, error.message, "Run the command there by hand.", error);
}

function tunnelRefused(
  target: SshTarget,
  place: string,
  cause: Error & ClientErrorExtensions,
): FbtrError {
  const reason = `no tunnel to ${place}: ${cause.message.replace(/^\(SSH\) /, "")}`;
  return sshFailed(target, reason, "Check that it listens, and AllowTcpForwarding there.", cause);
}
