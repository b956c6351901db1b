import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { selfSignedPair, type CertificatePair } from "../../src/transport/certificate.ts";
import { Http3Dialer } from "../../src/transport/http3/http3-dialer.ts";
import { listenHttp3 } from "../../src/transport/http3/http3-listener.ts";
import { openQuic } from "../../src/transport/http3/quic-trial.ts";
import type { Quic } from "../../src/transport/http3/quic.ts";
import type { PeerListener } from "../../src/transport/peer.ts";
import { hasNgtcp2, runNgtcp2Client, startNgtcp2Server } from "../support/ngtcp2-programs.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const SERVER_NAME = "server.fbtr.internal";
const { signal } = new AbortController();

describe.skipIf(!hasNgtcp2)("HTTP/3 with ngtcp2", () => {
  let quic: Quic;
  let dir: TempDir;
  const pairs = new Map<string, CertificatePair>();
  const pairOf = (name: string) => pairs.get(name) as CertificatePair;

  beforeAll(async () => {
    dir = await tempDir();
    quic = (await openQuic()) as Quic;
    for (const name of ["server", "client", "stranger"]) {
      const pair = await selfSignedPair([`${name}.fbtr.internal`], Date.now());
      pairs.set(name, pair);
      writeFileSync(dir.file(`${name}.crt`), pair.certificate);
      writeFileSync(dir.file(`${name}.key`), pair.key);
    }
  });
  afterAll(async () => {
    await dir[Symbol.asyncDispose]();
  });

  describe("as a client of ours", () => {
    let listener: PeerListener;
    let port = 0;
    let bodies: string[] = [];

    beforeAll(async () => {
      listener = await listenHttp3({
        quic,
        host: "127.0.0.1",
        port: 0,
        credentials: pairOf("server"),
        gate: { admitted: () => [pairOf("client").certificate], refused: () => undefined },
        handler: async (request) => {
          bodies.push(await request.text());
          return new Response(`the answer to ${new URL(request.url).pathname}`);
        },
      });
      port = "port" in listener.address ? listener.address.port : 0;
    });
    afterAll(async () => listener[Symbol.asyncDispose]());
    const keysOf = (name: string) => [
      `--key=${dir.file(`${name}.key`)}`,
      `--cert=${dir.file(`${name}.crt`)}`,
    ];
    const url = (path: string) => `https://${SERVER_NAME}:${port}${path}`;

    it("gets answers, to one request and to many", async () => {
      const options = [`--download=${dir.path}`];
      const told = await runNgtcp2Client(port, [...keysOf("client"), ...options, url("/one")]);
      expect(told).toContain("[:status: 200]");
      expect(readFileSync(dir.file("one"), "utf8")).toBe("the answer to /one");
      bodies = [];
      await runNgtcp2Client(port, [...keysOf("client"), "--nstreams=20", url("/many")]);
      expect(bodies).toHaveLength(20);
    });

    it("sends a body", async () => {
      writeFileSync(dir.file("body"), "дрво".repeat(10_000));
      bodies = [];
      const options = ["--http-method=POST", `--data=${dir.file("body")}`];
      await runNgtcp2Client(port, [...keysOf("client"), ...options, url("/upload")]);
      expect(bodies).toEqual(["дрво".repeat(10_000)]);
    });

    it.each([
      ["no certificate", [] as string[]],
      ["an unknown certificate", ["stranger"]],
    ])("is refused with %s before the handler is called", async (_, names) => {
      bodies = [];
      const told = await runNgtcp2Client(port, [...names.flatMap(keysOf), url("/secret")]);
      expect(told).not.toContain(":status");
      expect(bodies).toEqual([]);
    });
  });

  describe("as a server for ours", () => {
    const dialer = (port: number, trusted: string) =>
      new Http3Dialer({
        quic,
        host: "127.0.0.1",
        port,
        credentials: pairOf("client"),
        keys: { certificates: [pairOf(trusted).certificate], serverName: SERVER_NAME },
      });

    it("answers, and its key is checked", async () => {
      mkdirSync(dir.file("files"));
      writeFileSync(dir.file("files/large.txt"), "слово ".repeat(50_000));
      const [key, certificate] = [dir.file("server.key"), dir.file("server.crt")];
      await using server = await startNgtcp2Server(key, certificate, dir.file("files"));
      await using peer = await dialer(server.port, "server").connect(signal);
      const answer = await peer.request({ method: "GET", path: "/large.txt", signal });
      expect(answer.status).toBe(200);
      expect(await text(answer.body)).toBe("слово ".repeat(50_000));
      const absent = await peer.request({ method: "GET", path: "/absent", signal });
      expect(absent.status).toBe(404);
      await expect(dialer(server.port, "stranger").connect(signal)).rejects.toMatchObject({
        code: "WORKER_KEY_CHANGED",
      });
    });
  });
});
