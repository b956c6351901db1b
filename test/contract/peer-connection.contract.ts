import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { FbtrError } from "../../src/base/errors.ts";
import type { CertificatePair } from "../../src/transport/certificate.ts";
import { selfSignedPair } from "../../src/transport/certificate.ts";
import type {
  PeerConnection,
  PeerCredentials,
  PeerDialer,
  PeerGate,
  PeerHandler,
  PeerKeys,
  PeerListener,
  PeerRequest,
} from "../../src/transport/peer.ts";
import { pinOf } from "../../src/transport/pin.ts";

/** One implementation of both ends, for connections in this process. */
export interface PeerTransport {
  listen(credentials: PeerCredentials, gate: PeerGate, handler: PeerHandler): Promise<PeerListener>;
  dial(address: PeerListener["address"], credentials: PeerCredentials, keys: PeerKeys): PeerDialer;
  /**
   * A program that is told `{server, admitted}`, listens, tells `{address}`, and answers everything
   * with lines without end.
   */
  readonly listeningProgram: string;
}

interface PeerSetUp {
  readonly server: CertificatePair;
  readonly client: CertificatePair;
}

const SERVER_NAME = "server.fbtr.internal";

/** Answers that the suite asks for, by path. */
const peerHandler: PeerHandler = async (request, peer) => {
  const { pathname } = new URL(request.url);
  switch (pathname) {
    case "/echo":
      return new Response(await request.arrayBuffer(), { headers: { "x-pin": peer.pin } });
    case "/digest": {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return Response.json({ bytes: bytes.length, sha256: sha256(bytes) });
    }
    case "/large":
      return new Response(new Uint8Array(10_000_000).fill(7));
    case "/lines":
      return new Response(ReadableStream.from(lines(request.signal, 3)));
    case "/endless":
      return new Response(ReadableStream.from(lines(request.signal, Infinity)));
    case "/broken":
      return new Response(ReadableStream.from(brokenLines()));
    default:
      return new Response(null, { status: 404 });
  }
};

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function* lines(signal: AbortSignal, count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count && !signal.aborted; index += 1) {
    yield Buffer.from(`{"line":${index}}\n`);
    await delay(100);
  }
}

async function* brokenLines(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("first\n");
  await delay(50);
  throw new Error("the engine is gone");
}

/** What every way to another machine promises. */
export function describePeerConnection(
  name: string,
  open: () => Promise<PeerTransport & AsyncDisposable>,
): void {
  describe(`a connection over ${name}`, () => {
    let transport: PeerTransport & AsyncDisposable;
    let keys: PeerSetUp;
    let listener: PeerListener;
    let connection: PeerConnection;
    let admitted: string[] = [];
    let handled = 0;
    let lastSignal: AbortSignal | undefined;
    const refused: (string | undefined)[] = [];
    const gate: PeerGate = { admitted: () => admitted, refused: (pin) => refused.push(pin) };

    const dialer = (
      credentials: PeerCredentials = keys.client,
      certificates = [keys.server.certificate],
      serverName = SERVER_NAME,
    ) => transport.dial(listener.address, credentials, { certificates, serverName });
    const connect = async (): Promise<PeerConnection> =>
      dialer().connect(new AbortController().signal);
    const get = (path: string, signal = new AbortController().signal): PeerRequest => ({
      method: "GET",
      path,
      signal,
    });
    const post = (path: string, body: string | Uint8Array): PeerRequest => ({
      ...get(path),
      method: "POST",
      body,
    });

    beforeAll(async () => {
      transport = await open();
      keys = {
        server: await selfSignedPair([SERVER_NAME], Date.now()),
        client: await selfSignedPair(["client.fbtr.internal"], Date.now()),
      };
      admitted = [keys.client.certificate];
      listener = await transport.listen(keys.server, gate, (request, peer) => {
        handled += 1;
        lastSignal = request.signal;
        return peerHandler(request, peer);
      });
      connection = await connect();
    });
    afterAll(async () => {
      await connection[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
      await transport[Symbol.asyncDispose]();
    });

    it("carries a request and its answer, and says who has asked", async () => {
      const answer = await connection.request(post("/echo?x=1", "дрво".repeat(250)));
      expect(answer.status).toBe(200);
      expect(answer.headers["x-pin"]).toBe(pinOf(keys.client.certificate));
      expect(await text(answer.body)).toBe("дрво".repeat(250));
      const absent = await connection.request(get("/absent"));
      expect([absent.status, await text(absent.body)]).toEqual([404, ""]);
    });

    it("carries 10 MB both ways", async () => {
      const bytes = new Uint8Array(10_000_000).map((_, index) => index % 251);
      const up = await connection.request(post("/digest", bytes));
      expect(JSON.parse(await text(up.body))).toEqual({ bytes: 10_000_000, sha256: sha256(bytes) });
      const down = await connection.request(get("/large"));
      let count = 0;
      for await (const chunk of down.body) count += chunk.length;
      expect(count).toBe(10_000_000);
    });

    it("carries many at once", async () => {
      const asked = Array.from({ length: 300 }, async (_, index) => {
        const answer = await connection.request(post("/echo", `number ${index}`));
        return text(answer.body);
      });
      expect(await Promise.all(asked)).toEqual(asked.map((_, index) => `number ${index}`));
    });

    it("hands lines over as they are written", async () => {
      const answer = await connection.request(get("/lines"));
      const startedAt = performance.now();
      const arrivals: number[] = [];
      for await (const chunk of answer.body) {
        if (chunk.length > 0) arrivals.push(performance.now() - startedAt);
      }
      expect(arrivals).toHaveLength(3);
      expect((arrivals[2] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(120);
    });

    it("tells the handler when a request is cancelled, and goes on", async () => {
      const controller = new AbortController();
      const answer = await connection.request(get("/endless", controller.signal));
      const reason = new Error("enough");
      setTimeout(() => controller.abort(reason), 150);
      await expect(text(answer.body)).rejects.toBe(reason);
      await expect.poll(() => lastSignal?.aborted, { timeout: 3000 }).toBe(true);
      await expect(connection.request(get("/lines", controller.signal))).rejects.toBe(reason);
      expect((await connection.request(post("/echo", "still here"))).status).toBe(200);
    });

    it("tells the handler when an answer is left", async () => {
      const answer = await connection.request(get("/endless"));
      for await (const chunk of answer.body) if (chunk.length > 0) break;
      await expect.poll(() => lastSignal?.aborted, { timeout: 3000 }).toBe(true);
    });

    it("says that an answer broke off, after what had come of it", async () => {
      const answer = await connection.request(get("/broken"));
      const read = async () => {
        for await (const chunk of answer.body)
          expect(Buffer.from(chunk).toString()).toBe("first\n");
      };
      await expect(read()).rejects.toMatchObject({ code: "WORKER_LOST" });
      expect(connection.isOpen).toBe(true);
    });

    it("sends nothing to a machine with another key or another name", async () => {
      const before = handled;
      const { signal } = new AbortController();
      const otherKey = dialer(keys.client, [keys.client.certificate]);
      await expect(otherKey.connect(signal)).rejects.toMatchObject({ code: "WORKER_KEY_CHANGED" });
      expect(handled).toBe(before);
    });

    it("believes the key in use and the one that was announced", async () => {
      const both = dialer(keys.client, [keys.client.certificate, keys.server.certificate]);
      await using peer = await both.connect(new AbortController().signal);
      expect((await peer.request(post("/echo", "x"))).status).toBe(200);
    });

    it("says of a listener that is not there that it cannot be reached, within 3 s", async () => {
      const gone = await transport.listen(keys.server, gate, peerHandler);
      const { address } = gone;
      await gone[Symbol.asyncDispose]();
      const keysOfServer = { certificates: [keys.server.certificate], serverName: SERVER_NAME };
      const startedAt = performance.now();
      const connecting = transport
        .dial(address, keys.client, keysOfServer)
        .connect(new AbortController().signal);
      await expect(connecting).rejects.toMatchObject({ code: "WORKER_UNREACHABLE" });
      expect(performance.now() - startedAt).toBeLessThan(3000);
    });

    it("ends an attempt when its signal is aborted", async () => {
      const reason = new Error("enough");
      await expect(dialer().connect(AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it("lets nobody in who is not admitted, and who is admitted later without a restart", async () => {
      const before = handled;
      const stranger = await selfSignedPair(["stranger.fbtr.internal"], Date.now());
      const pin = pinOf(stranger.certificate);
      const failure = await failureOf(dialer(stranger));
      expect(failure.code).toBe("WORKER_REFUSED");
      expect([handled, refused.length > 0]).toEqual([before, true]);
      admitted = [...admitted, stranger.certificate];
      const peer = await connectInTime(() => dialer(stranger));
      expect((await peer.request(post("/echo", "x"))).headers["x-pin"]).toBe(pin);

      admitted = admitted.filter((certificate) => certificate !== stranger.certificate);
      listener.revoke(pin);
      expect((await peer.ended)?.code).toMatch(/WORKER_(REFUSED|LOST)/);
      await expect(peer.request(get("/lines"))).rejects.toMatchObject({
        code: expect.stringMatching(/WORKER_(REFUSED|LOST)/),
      });
      expect((await failureOf(dialer(stranger))).code).toBe("WORKER_REFUSED");
      expect(refused).toContain(pin);
      // Who was connected before may have had to connect again.
      if (!connection.isOpen) connection = await connect();
      expect((await connection.request(post("/echo", "x"))).status).toBe(200);
    });

    it("is closed twice, says that it has ended, and does nothing afterwards", async () => {
      const peer = await connect();
      expect(peer.isOpen).toBe(true);
      await peer[Symbol.asyncDispose]();
      await peer[Symbol.asyncDispose]();
      expect(peer.isOpen).toBe(false);
      expect(await peer.ended).toBeUndefined();
      await expect(peer.request(get("/lines"))).rejects.toMatchObject({ code: "WORKER_LOST" });
    });

    it.each(["SIGSTOP", "SIGKILL"] as const)(
      "notices within 5 s that the other side got %s, and ends what it was asked",
      async (signal) => {
        const program = fork(transport.listeningProgram, { execArgv: [] });
        try {
          program.send({ server: keys.server, admitted: [keys.client.certificate] });
          const address = await addressOf(program);
          const { certificate } = keys.server;
          const peer = await transport
            .dial(address, keys.client, { certificates: [certificate], serverName: SERVER_NAME })
            .connect(new AbortController().signal);
          const answer = await peer.request(get("/endless"));
          const reading = text(answer.body);
          const startedAt = performance.now();
          program.kill(signal);
          const [ending] = await Promise.all([
            peer.ended,
            expect(reading).rejects.toMatchObject({ code: "WORKER_LOST" }),
          ]);
          expect(ending?.code).toBe("WORKER_LOST");
          expect(performance.now() - startedAt).toBeLessThan(5000);
          await peer[Symbol.asyncDispose]();
        } finally {
          program.kill("SIGKILL");
        }
      },
    );
  });
}

async function addressOf(program: ChildProcess): Promise<PeerListener["address"]> {
  const [message] = (await once(program, "message")) as [{ address: PeerListener["address"] }];
  return message.address;
}

/** A listener may need a moment until it knows somebody new. */
async function connectInTime(create: () => PeerDialer): Promise<PeerConnection> {
  const { signal } = new AbortController();
  for (let attempt = 1; attempt < 5; attempt += 1) {
    try {
      return await create().connect(signal);
    } catch {
      await delay(100);
    }
  }
  return create().connect(signal);
}

async function failureOf(dialer: PeerDialer): Promise<FbtrError> {
  try {
    await dialer.connect(new AbortController().signal);
  } catch (error) {
    return error as FbtrError;
  }
  throw new Error("The connection was made.");
}
