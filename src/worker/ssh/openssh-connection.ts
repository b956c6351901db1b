import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect as connectSocket } from "node:net";
import { join } from "node:path";
import { Duplex, type Readable, type Writable } from "node:stream";
import { text } from "node:stream/consumers";

import type { FbtrError } from "../../base/errors.ts";
import { feedCommand } from "./command-input.ts";
import { CommandOutput } from "./command-output.ts";
import { slaveArguments, slaveOptions } from "./openssh-command.ts";
import { lastLine } from "./openssh-errors.ts";
import { readRemoteFile, replaceRemoteFile, type RunSftp } from "./openssh-files.ts";
import {
  DEFAULT_MAX_OUTPUT_BYTES,
  type ExecOptions,
  type ExecResult,
  type SshConnection,
  type SshTarget,
} from "./ssh-client.ts";
import { connectionLost, sessionRefused, sshFailed, tooMuchOutput } from "./ssh-errors.ts";

/** The process that holds a connection. */
export interface Master {
  readonly process: ChildProcess;
  /** For its files; removed when it ends. */
  readonly folder: string;
  readonly controlPath: string;
  /** What it has said so far on standard error. */
  readonly said: () => string;
}

/** What ssh says for failures of its own, and passes on when a command says it. */
const AMBIGUOUS_STATUS = 255;
const SESSION_REFUSED = /Session open refused by peer|session request failed/;

/** A connection that a process of the system's ssh holds. */
export class OpenSshConnection implements SshConnection {
  readonly kind = "openssh";
  readonly target: SshTarget;
  readonly ended: Promise<FbtrError | undefined>;
  readonly #master: Master;
  readonly #jump: SshConnection | undefined;
  #isOpen = true;
  #closing = false;
  #sockets = 0;

  /** @param jump what the connection goes through, and what is closed with it. */
  constructor(target: SshTarget, master: Master, jump: SshConnection | undefined) {
    this.target = target;
    this.#master = master;
    this.#jump = jump;
    this.ended = this.#untilEnd();
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#closing;
  }

  /** Where other processes join the connection. */
  get controlPath(): string {
    return this.#master.controlPath;
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    options.signal?.throwIfAborted();
    if (!this.isOpen) throw this.#lost();
    const child = this.#spawn("ssh", [...slaveArguments(this.controlPath, []), command]);
    const { status, ...outputs } = await this.#collect(child, options);
    if (status !== AMBIGUOUS_STATUS)
      return { ...outputs, exitCode: status ?? undefined, signal: undefined };
    if (SESSION_REFUSED.test(outputs.stderr.toString())) throw sessionRefused(this.target);
    await this.#checkAlive();
    return { ...outputs, exitCode: undefined, signal: undefined };
  }

  async openTunnel(host: string, port: number): Promise<Duplex> {
    if (!this.isOpen) throw this.#lost();
    const place = `[${host}]:${port}`;
    const child = this.#spawn("ssh", slaveArguments(this.controlPath, ["-W", place]));
    // The types name streams of the web only; streams of Node are meant as well.
    const halves = { readable: child.stdout, writable: child.stdin } as object;
    const tunnel = Duplex.from(halves as Parameters<typeof Duplex.from>[0]);
    const said = text(child.stderr);
    child.once("close", (status) => {
      if (status !== 0) void said.then((reason) => tunnel.destroy(this.#noTunnel(place, reason)));
    });
    tunnel.once("close", () => child.kill());
    return tunnel;
  }

  async openSocketTunnel(path: string): Promise<Duplex> {
    if (!this.isOpen) throw this.#lost();
    if (path.includes(":")) throw this.#noTunnel(path, "the path contains a colon");
    this.#sockets += 1;
    const local = join(this.#master.folder, `tunnel-${this.#sockets}`);
    const forwarding = ["-L", `${local}:${path}`];
    await this.#control("forward", forwarding);
    const socket = connectSocket(local);
    try {
      await once(socket, "connect");
    } catch (error) {
      throw this.#noTunnel(path, (error as Error).message);
    } finally {
      // Nobody else comes through; what is connected stays.
      await this.#control("cancel", forwarding);
      await rm(local, { force: true });
    }
    return socket;
  }

  async writeFile(remotePath: string, bytes: Uint8Array, mode: number): Promise<void> {
    await this.#withSftp((run) =>
      replaceRemoteFile(this.target, run, this.#master.folder, remotePath, bytes, mode),
    );
  }

  async readFile(remotePath: string): Promise<Buffer | undefined> {
    return this.#withSftp((run) =>
      readRemoteFile(this.target, run, this.#master.folder, remotePath),
    );
  }

  async close(): Promise<void> {
    if (this.isOpen) {
      this.#closing = true;
      this.#master.process.kill("SIGTERM");
    }
    await this.ended;
    await this.#jump?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #untilEnd(): Promise<FbtrError | undefined> {
    const { process, folder } = this.#master;
    if (process.exitCode === null && process.signalCode === null) await once(process, "close");
    this.#isOpen = false;
    await rm(folder, { recursive: true, force: true });
    if (!this.#closing) await this.#jump?.close();
    return this.#closing ? undefined : this.#lost();
  }

  #lost(): FbtrError {
    const reason = this.#closing ? "it was closed" : lastLine(this.#master.said());
    return connectionLost(this.target, reason === "" ? "ssh ended" : reason);
  }

  #noTunnel(place: string, reason: string): FbtrError {
    if (!this.isOpen) return this.#lost();
    return sshFailed(
      this.target,
      `no tunnel to ${place}: ${lastLine(reason)}`,
      "Check that it listens, and AllowTcpForwarding there.",
    );
  }

  #spawn(program: "ssh" | "sftp", args: readonly string[]) {
    return spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  }

  async #collect(
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    { stdin = "", signal, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES }: ExecOptions,
  ): Promise<{ stdout: Buffer; stderr: Buffer; status: number | null }> {
    return new Promise((resolve, reject) => {
      const stop = (reason: Error) => {
        reject(reason);
        child.kill();
      };
      const overflow = () => stop(tooMuchOutput(this.target, maxOutputBytes));
      const leave = () => stop(signal?.reason as Error);
      const stdout = new CommandOutput(child.stdout, maxOutputBytes, overflow);
      const stderr = new CommandOutput(child.stderr, maxOutputBytes, overflow);
      child.once("error", reject);
      child.once("close", (status) => {
        signal?.removeEventListener("abort", leave);
        resolve({ stdout: stdout.bytes(), stderr: stderr.bytes(), status });
      });
      signal?.addEventListener("abort", leave, { once: true });
      feedCommand(stdin, child.stdin, stop);
    });
  }

  /** Runs `ssh -O`: an order to the process that holds the connection. */
  async #control(order: "check" | "forward" | "cancel", args: readonly string[]): Promise<void> {
    const child = this.#spawn("ssh", slaveArguments(this.controlPath, ["-O", order, ...args]));
    const { status, stderr } = await this.#collect(child, {});
    if (status === 0) return;
    if (!this.isOpen) throw this.#lost();
    const said = lastLine(stderr.toString());
    throw sshFailed(this.target, `ssh -O ${order}: ${said}`, "Run the same with ssh by hand.");
  }

  /** @throws FbtrError SSH_LOST if the connection is gone. */
  async #checkAlive(): Promise<void> {
    try {
      await this.#control("check", []);
    } catch {
      // It does not answer any more: it is about to end.
      await this.ended;
    }
    if (!this.isOpen) throw this.#lost();
  }

  async #withSftp<T>(work: (run: RunSftp) => Promise<T>): Promise<T> {
    if (!this.isOpen) throw this.#lost();
    const args = ["-q", "-b", "-", ...slaveOptions(this.controlPath), "host"];
    try {
      return await work(async (batch) => {
        const { status, stderr } = await this.#collect(this.#spawn("sftp", args), { stdin: batch });
        return { status, said: stderr.toString() };
      });
    } catch (error) {
      throw this.isOpen ? error : this.#lost();
    }
  }
}
