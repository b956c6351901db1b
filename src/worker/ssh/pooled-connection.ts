import { Readable, type Duplex } from "node:stream";

import pRetry from "p-retry";

import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import { MAX_TIMER_MS } from "./deadline.ts";
import { Semaphore } from "./semaphore.ts";
import type { ExecOptions, ExecResult, SshConnection, SshTarget } from "./ssh-client.ts";

export interface PoolSettings {
  /** Commands and files at the same time on one host. sshd allows 10 (MaxSessions). */
  readonly sessionsPerHost: number;
  /** Tunnels at the same time to one host. */
  readonly tunnelsPerHost: number;
  /** Milliseconds after which a connection that nobody uses is closed. */
  readonly idleMs: number;
  /** Milliseconds after which a connection is replaced, as soon as nobody uses it. */
  readonly lifetimeMs: number;
}

export const SESSIONS_PER_HOST = 8;

const BUSY_RETRIES = 5;
/** Before the first retry; twice as long before each further one. */
const BUSY_WAIT_MS = 20;

/**
 * A connection that many share: never more sessions at once than the server allows, closed when
 * nobody has used it for a while, and replaced when it is old.
 */
export class PooledConnection implements SshConnection {
  readonly #connection: SshConnection;
  readonly #settings: PoolSettings;
  readonly #sessions: Semaphore;
  readonly #tunnels: Semaphore;
  readonly #clock: Clock;
  readonly #openedAt: number;
  #users = 0;
  #isRetired = false;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(connection: SshConnection, settings: PoolSettings, clock: Clock) {
    this.#connection = connection;
    this.#settings = settings;
    this.#sessions = new Semaphore(settings.sessionsPerHost);
    this.#tunnels = new Semaphore(settings.tunnelsPerHost);
    this.#clock = clock;
    this.#openedAt = clock.elapsed();
    this.#closeWhenIdle();
  }

  get kind(): SshConnection["kind"] {
    return this.#connection.kind;
  }

  get target(): SshTarget {
    return this.#connection.target;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  get ended(): Promise<FbtrError | undefined> {
    return this.#connection.ended;
  }

  /** Whether new users may come. */
  get isFresh(): boolean {
    const age = this.#clock.elapsed() - this.#openedAt;
    return this.isOpen && !this.#isRetired && age < this.#settings.lifetimeMs;
  }

  /** Counts a user in. What is given back counts them out, once. */
  lend(): () => void {
    clearTimeout(this.#idleTimer);
    this.#users += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#users -= 1;
      if (this.#users === 0) this.#closeWhenIdle();
    };
  }

  /** Lets no new users come; the last one closes it. */
  retire(): void {
    this.#isRetired = true;
    if (this.#users === 0) this.#closeWhenIdle();
  }

  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    // A stream can be read once only.
    const retries = options.stdin instanceof Readable ? 0 : BUSY_RETRIES;
    const run = async () => this.#connection.exec(command, options);
    return this.#inSession(run, options.signal, retries);
  }

  async writeFile(remotePath: string, bytes: Uint8Array, mode: number): Promise<void> {
    return this.#inSession(() => this.#connection.writeFile(remotePath, bytes, mode));
  }

  async readFile(remotePath: string): Promise<Buffer | undefined> {
    return this.#inSession(() => this.#connection.readFile(remotePath));
  }

  async openTunnel(host: string, port: number): Promise<Duplex> {
    return this.#throughTunnel(() => this.#connection.openTunnel(host, port));
  }

  async openSocketTunnel(path: string): Promise<Duplex> {
    return this.#throughTunnel(() => this.#connection.openSocketTunnel(path));
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.#isRetired = true;
    await this.#connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #inSession<T>(
    work: () => Promise<T>,
    signal?: AbortSignal,
    retries = BUSY_RETRIES,
  ): Promise<T> {
    const returnLoan = this.lend();
    try {
      const release = await this.#sessions.acquire(signal);
      try {
        return await unlessBusy(work, retries, signal);
      } finally {
        release();
      }
    } finally {
      returnLoan();
    }
  }

  /** An open tunnel keeps the connection: nobody else can tell how long it is needed. */
  async #throughTunnel(open: () => Promise<Duplex>): Promise<Duplex> {
    const returnLoan = this.lend();
    const release = await this.#tunnels.acquire();
    const end = () => {
      release();
      returnLoan();
    };
    try {
      const tunnel = await open();
      tunnel.once("close", end);
      return tunnel;
    } catch (error) {
      end();
      throw error;
    }
  }

  #closeWhenIdle(): void {
    const idleMs = this.#isRetired ? 0 : Math.min(this.#settings.idleMs, MAX_TIMER_MS);
    clearTimeout(this.#idleTimer);
    // A connection that waits does not keep the process.
    this.#idleTimer = setTimeout(() => void this.close(), idleMs).unref();
  }
}

/**
 * sshd counts a session a little longer than its client does, so that quick commands one after the
 * other can meet the limit. What was refused has not begun.
 */
async function unlessBusy<T>(
  work: () => Promise<T>,
  retries: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  return pRetry(work, {
    retries,
    minTimeout: BUSY_WAIT_MS,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof FbtrError && error.code === "SSH_BUSY",
    ...(signal && { signal }),
  });
}
