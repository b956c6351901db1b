import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import { abortable } from "../../base/abort.ts";
import { PooledConnection, type PoolSettings } from "./pooled-connection.ts";
import type { SshClient, SshConnection, SshTarget } from "./ssh-client.ts";

/** Gives the connection back. */
export interface SshLease extends Disposable {
  readonly connection: SshConnection;
}

/**
 * One connection for each host, opened when it is first needed, shared by all who need it. Safe for
 * many callers at once.
 */
export class SshPool implements AsyncDisposable {
  readonly #client: SshClient;
  readonly #settings: PoolSettings;
  readonly #clock: Clock;
  readonly #hosts = new Map<string, Promise<PooledConnection>>();
  readonly #open = new Set<PooledConnection>();
  readonly #stop = new AbortController();

  constructor(client: SshClient, settings: PoolSettings, clock: Clock) {
    this.#client = client;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Connections that are open now. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Lends the connection to `target` until the lease is disposed of: so long it is not closed.
   *
   * @throws what `SshClient.connect` throws.
   */
  async lease(target: SshTarget, signal?: AbortSignal): Promise<SshLease> {
    const pooled = await this.#connectionTo(target, signal);
    return { connection: pooled, [Symbol.dispose]: pooled.lend() };
  }

  /** Lends the connection for the time of `work`. */
  async use<T>(
    target: SshTarget,
    work: (connection: SshConnection) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    using lease = await this.lease(target, signal);
    return await work(lease.connection);
  }

  /** Closes all connections, those in use too. Nothing is opened afterwards. */
  async close(): Promise<void> {
    this.#stop.abort(new FbtrError("CANCELLED", "the connections were closed"));
    await Promise.allSettled(this.#hosts.values());
    await Promise.all([...this.#open].map((pooled) => pooled.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #connectionTo(
    target: SshTarget,
    signal: AbortSignal | undefined,
  ): Promise<PooledConnection> {
    const key = keyOf(target);
    for (;;) {
      signal?.throwIfAborted();
      this.#stop.signal.throwIfAborted();
      const connecting = this.#hosts.get(key) ?? this.#connect(key, target);
      const pooled = await abortable(connecting, signal, () => undefined);
      // While it was waited for, it may have ended or grown old.
      if (pooled.isFresh) return pooled;
      this.#forget(key, connecting);
      pooled.retire();
    }
  }

  /** Callers who come while it connects wait for the same connection; none of them can abort it. */
  #connect(key: string, target: SshTarget): Promise<PooledConnection> {
    const connecting = this.#openConnection(target);
    this.#hosts.set(key, connecting);
    connecting.catch(() => this.#forget(key, connecting));
    return connecting;
  }

  async #openConnection(target: SshTarget): Promise<PooledConnection> {
    const connection = await this.#client.connect(target, this.#stop.signal);
    const pooled = new PooledConnection(connection, this.#settings, this.#clock);
    this.#open.add(pooled);
    void pooled.ended.then(() => this.#open.delete(pooled));
    return pooled;
  }

  #forget(key: string, connecting: Promise<PooledConnection>): void {
    if (this.#hosts.get(key) === connecting) this.#hosts.delete(key);
  }
}

/** Two targets with the same key are the same login on the same host. */
function keyOf({ user, host, port, jump, configName }: SshTarget): string {
  const through = jump === undefined ? "" : ` through ${keyOf(jump)}`;
  return `${configName ?? ""} ${user}@${host}:${port}${through}`;
}
