import { expect, it } from "vitest";

import { sleep } from "../../../src/base/abort.ts";
import { FbtrError, type ErrorCode } from "../../../src/base/errors.ts";
import type { PeerConnection, PeerDialer, TransportKind } from "../../../src/transport/peer.ts";
import { PeerLink, dialFirst } from "../../../src/transport/peer-link.ts";

/** A connection that answers with how it is connected. */
class Connection implements PeerConnection {
  readonly kind: TransportKind;
  readonly ended: Promise<undefined>;
  isOpen = true;
  #end = Promise.withResolvers<undefined>();

  constructor(kind: TransportKind) {
    this.kind = kind;
    this.ended = this.#end.promise;
  }

  request() {
    return Promise.resolve({ status: 200, headers: { by: this.kind }, body: nothing() });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.isOpen = false;
    this.#end.resolve(undefined);
    return Promise.resolve();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const DAYS = 24 * 60 * 60 * 1000;
const opened: Connection[] = [];
const tried: TransportKind[] = [];

/** A way that works after `ms`, or fails with `code`. */
function way(kind: TransportKind, ms: number, code?: ErrorCode): PeerDialer {
  return {
    kind,
    connect: async (signal) => {
      tried.push(kind);
      await sleep(ms, signal);
      if (code) throw new FbtrError(code, `${kind} says ${code}`);
      const connection = new Connection(kind);
      opened.push(connection);
      return connection;
    },
  };
}

const signal = new AbortController().signal;
const request = { method: "GET", path: "/", signal } as const;

it("takes the first way if it works, whatever the others could", async () => {
  const connection = await dialFirst([way("h3", 20), way("h2", 0), way("tunnel", 0)], signal);
  expect(connection.kind).toBe("h3");
});

it("does not wait for a way that is silent", async () => {
  const began = performance.now();
  const connection = await dialFirst([way("h3", DAYS), way("h2", 10)], signal);
  expect(connection.kind).toBe("h2");
  expect(performance.now() - began).toBeLessThan(2000);
});

it("goes to the next way at once when one says that it does not work", async () => {
  const began = performance.now();
  const ways = [
    way("h3", 0, "WORKER_UNREACHABLE"),
    way("h2", 0, "WORKER_UNREACHABLE"),
    way("tunnel", 0),
  ];
  expect((await dialFirst(ways, signal)).kind).toBe("tunnel");
  expect(performance.now() - began).toBeLessThan(400);
});

it.each(["WORKER_KEY_CHANGED", "WORKER_REFUSED"] as const)(
  "tries no other way to a machine that says %s",
  async (code) => {
    tried.length = 0;
    const ways = [way("h3", 0, code), way("h2", 0)];
    await expect(dialFirst(ways, signal)).rejects.toMatchObject({ code });
    expect(tried).toEqual(["h3"]);
  },
);

it("says what the last way said when none works", async () => {
  const ways = [way("h3", 0, "WORKER_UNREACHABLE"), way("h2", 0, "WORKER_UNREACHABLE")];
  await expect(dialFirst(ways, signal)).rejects.toThrow("h2 says");
});

it("closes a connection that came too late", async () => {
  opened.length = 0;
  await dialFirst([way("h3", 650), way("h2", 30)], signal);
  await sleep(100);
  expect(opened.filter(({ isOpen }) => isOpen)).toHaveLength(1);
});

it("connects once for all who ask at the same time, and tells how", async () => {
  opened.length = 0;
  const told: TransportKind[] = [];
  await using link = new PeerLink({
    dialers: [way("h2", 10)],
    onConnected: (kind) => told.push(kind),
  });
  const answers = await Promise.all([1, 2, 3].map(() => link.request(request)));
  expect(answers.map(({ headers }) => headers["by"])).toEqual(["h2", "h2", "h2"]);
  expect(opened).toHaveLength(1);
  expect(told).toEqual(["h2"]);
  expect(link.kind).toBe("h2");
});

it("connects anew when the connection has ended, first by the way that worked", async () => {
  tried.length = 0;
  await using link = new PeerLink({
    dialers: [way("h3", 0, "WORKER_UNREACHABLE"), way("h2", 0)],
  });
  await link.request(request);
  await opened.at(-1)?.[Symbol.asyncDispose]();
  expect(link.kind).toBeUndefined();
  await link.request(request);
  expect(tried).toEqual(["h3", "h2", "h2"]);
});

it("lets who asks go away while it connects, and the others wait on", async () => {
  await using link = new PeerLink({ dialers: [way("h2", 50)] });
  const gone = link.request({ ...request, signal: AbortSignal.timeout(5) });
  const waiting = link.request(request);
  await expect(gone).rejects.toMatchObject({ name: "TimeoutError" });
  expect((await waiting).status).toBe(200);
});
