import { Duplex, Readable } from "node:stream";

import { describe, expect, it } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { systemClock } from "../../../../src/base/clock.ts";
import { FbtrError } from "../../../../src/base/errors.ts";
import { RetryingClient } from "../../../../src/worker/ssh/retrying-client.ts";
import type {
  ExecResult,
  SshClient,
  SshConnection,
  SshTarget,
} from "../../../../src/worker/ssh/ssh-client.ts";
import { SshPool } from "../../../../src/worker/ssh/ssh-pool.ts";

const SETTINGS = { sessionsPerHost: 8, tunnelsPerHost: 2, idleMs: 60_000, lifetimeMs: 60_000 };
const target = (host: string): SshTarget => ({ host, port: 22, user: "u", auth: {} });
const DONE: ExecResult = {
  stdout: Buffer.alloc(0),
  stderr: Buffer.alloc(0),
  exitCode: 0,
  signal: undefined,
};

/** A host in memory that counts what goes on at the same time. */
class CountingConnection implements SshConnection {
  readonly kind = "ssh2";
  readonly target: SshTarget;
  readonly ended: Promise<FbtrError | undefined>;
  readonly failures: Error[] = [];
  isOpen = true;
  busiest = 0;
  #busy = 0;
  #end: (reason: FbtrError | undefined) => void = () => undefined;

  constructor(of: SshTarget) {
    this.target = of;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async exec(): Promise<ExecResult> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.#busy += 1;
    this.busiest = Math.max(this.busiest, this.#busy);
    await sleep(2);
    this.#busy -= 1;
    return DONE;
  }

  openTunnel(): Promise<Duplex> {
    return Promise.resolve(new Duplex({ read: () => undefined, write: (_c, _e, done) => done() }));
  }

  openSocketTunnel(): Promise<Duplex> {
    return this.openTunnel();
  }

  async writeFile(): Promise<void> {
    await this.exec();
  }

  async readFile(): Promise<undefined> {
    await this.exec();
  }

  lose(reason?: FbtrError): void {
    this.isOpen = false;
    this.#end(reason);
  }

  close(): Promise<void> {
    this.lose();
    return Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

class CountingClient implements SshClient {
  readonly opened: CountingConnection[] = [];
  readonly failures: Error[] = [];
  connecting = 0;
  busiest = 0;

  async connect(to: SshTarget): Promise<SshConnection> {
    this.connecting += 1;
    this.busiest = Math.max(this.busiest, this.connecting);
    await sleep(2);
    this.connecting -= 1;
    const failure = this.failures.shift();
    if (failure) throw failure;
    const connection = new CountingConnection(to);
    this.opened.push(connection);
    return connection;
  }
}

describe("the pool", () => {
  it("opens one connection for each host, whoever comes at the same time", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, SETTINGS, systemClock);
    const hosts = ["a", "b", "a", "a", "b"];
    await Promise.all(hosts.map((host) => pool.use(target(host), (c) => c.exec("true"))));
    expect(client.opened).toHaveLength(2);
    expect(pool.size).toBe(2);
  });

  it("runs no more commands at once than a host allows, and all of them in the end", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, SETTINGS, systemClock);
    const runs = Array.from({ length: 40 }, () => pool.use(target("a"), (c) => c.exec("true")));
    expect(await Promise.all(runs)).toHaveLength(40);
    expect(client.opened.map(({ busiest }) => busiest)).toEqual([8]);
  });

  it("asks again for a session that the server was too busy for", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, SETTINGS, systemClock);
    using lease = await pool.lease(target("a"));
    client.opened[0]?.failures.push(
      new FbtrError("SSH_BUSY", "no"),
      new FbtrError("SSH_BUSY", "no"),
    );
    expect(await lease.connection.exec("true")).toEqual(DONE);
    client.opened[0]?.failures.push(new FbtrError("SSH_LOST", "gone"));
    await expect(lease.connection.exec("true")).rejects.toMatchObject({ code: "SSH_LOST" });
    client.opened[0]?.failures.push(new FbtrError("SSH_BUSY", "no"));
    const read = lease.connection.exec("cat", { stdin: Readable.from(["once"]) });
    await expect(read).rejects.toMatchObject({ code: "SSH_BUSY" });
  });

  it("does not hold up others because one gave up waiting", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, { ...SETTINGS, sessionsPerHost: 1 }, systemClock);
    const controller = new AbortController();
    const gone = new Error("enough");
    const { signal } = controller;
    const first = pool.use(target("a"), (c) => c.exec("1"));
    const second = pool.use(target("a"), (c) => c.exec("2", { signal }), signal);
    const third = pool.use(target("a"), (c) => c.exec("3"));
    controller.abort(gone);
    await expect(second).rejects.toBe(gone);
    expect(await Promise.all([first, third])).toEqual([DONE, DONE]);
  });

  it("opens another connection when the first one is lost", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, SETTINGS, systemClock);
    await pool.use(target("a"), (c) => c.exec("true"));
    client.opened[0]?.lose(new FbtrError("SSH_LOST", "gone"));
    await pool.use(target("a"), (c) => c.exec("true"));
    expect(client.opened).toHaveLength(2);
    expect(pool.size).toBe(1);
  });

  it("replaces an old connection, and lets its users finish", async () => {
    const client = new CountingClient();
    const time = { now: 0 };
    const clock = { now: () => time.now, elapsed: () => time.now };
    await using pool = new SshPool(client, SETTINGS, clock);
    const old = await pool.lease(target("a"));
    time.now = SETTINGS.lifetimeMs;
    await pool.use(target("a"), (c) => c.exec("true"));
    expect(client.opened.map(({ isOpen }) => isOpen)).toEqual([true, true]);
    old[Symbol.dispose]();
    await expect.poll(() => client.opened.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it("closes a connection that nobody uses, not one with a lease or a tunnel", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, { ...SETTINGS, idleMs: 20 }, systemClock);
    const lease = await pool.lease(target("a"));
    const tunnel = await lease.connection.openTunnel("127.0.0.1", 1);
    lease[Symbol.dispose]();
    await sleep(60);
    expect(client.opened[0]?.isOpen).toBe(true);
    tunnel.destroy();
    await expect.poll(() => client.opened[0]?.isOpen).toBe(false);
  });

  it("lets a tunnel wait until another one is closed", async () => {
    const client = new CountingClient();
    await using pool = new SshPool(client, SETTINGS, systemClock);
    using lease = await pool.lease(target("a"));
    const [first] = [
      await lease.connection.openTunnel("h", 1),
      await lease.connection.openTunnel("h", 1),
    ];
    let isOpen = false;
    const third = lease.connection.openTunnel("h", 1).then(() => (isOpen = true));
    await sleep(10);
    expect(isOpen).toBe(false);
    first?.destroy();
    expect(await third).toBe(true);
  });

  it("forgets a failure, and connects for the next who comes", async () => {
    const client = new CountingClient();
    client.failures.push(new FbtrError("SSH_UNREACHABLE", "no"));
    await using pool = new SshPool(client, SETTINGS, systemClock);
    const use = () => pool.use(target("a"), (c) => c.exec("true"));
    await expect(use()).rejects.toMatchObject({ code: "SSH_UNREACHABLE" });
    expect(await use()).toEqual(DONE);
  });

  it("closes everything, twice, and opens nothing afterwards", async () => {
    const client = new CountingClient();
    const pool = new SshPool(client, SETTINGS, systemClock);
    await pool.lease(target("a"));
    await pool.close();
    await pool.close();
    expect(client.opened[0]?.isOpen).toBe(false);
    await expect(pool.lease(target("a"))).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("connecting again", () => {
  const retrying = (client: SshClient, waits: number[], random = 0.5) =>
    new RetryingClient(client, {
      retries: 3,
      parallelConnects: 10,
      random: () => random,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });

  it("waits with full jitter, longer each time, and stops after the last retry", async () => {
    const client = new CountingClient();
    const unreachable = new FbtrError("SSH_UNREACHABLE", "no");
    client.failures.push(unreachable, unreachable, unreachable, unreachable);
    const waits: number[] = [];
    await expect(retrying(client, waits).connect(target("a"))).rejects.toBe(unreachable);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it("waits out the time for which a server punishes", async () => {
    const client = new CountingClient();
    client.failures.push(new FbtrError("SSH_UNREACHABLE", "no", { retryAfterMs: 15_000 }));
    const waits: number[] = [];
    await retrying(client, waits, 0).connect(target("a"));
    expect(waits).toEqual([15_000]);
  });

  it.each(["SSH_AUTH_FAILED", "SSH_HOST_UNKNOWN", "SSH_HOST_CHANGED", "SSH_UNSUPPORTED"] as const)(
    "does not try %s again",
    async (code) => {
      const client = new CountingClient();
      client.failures.push(new FbtrError(code, "no"));
      const waits: number[] = [];
      await expect(retrying(client, waits).connect(target("a"))).rejects.toMatchObject({ code });
      expect(waits).toEqual([]);
    },
  );

  it("opens ten connections at the same time at most", async () => {
    const client = new CountingClient();
    const many = retrying(client, []);
    const hosts = Array.from({ length: 30 }, (_, index) => target(`host${index}`));
    await Promise.all(hosts.map((host) => many.connect(host)));
    expect(client.busiest).toBe(10);
  });
});
