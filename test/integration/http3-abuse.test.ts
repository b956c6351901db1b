import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { selfSignedPair, type CertificatePair } from "../../src/transport/certificate.ts";
import { FRAME, encodeFrame } from "../../src/transport/http3/frames.ts";
import { H3 } from "../../src/transport/http3/http3-error.ts";
import { Http3Dialer } from "../../src/transport/http3/http3-dialer.ts";
import { listenHttp3 } from "../../src/transport/http3/http3-listener.ts";
import { encodeFields } from "../../src/transport/http3/qpack.ts";
import { openQuic } from "../../src/transport/http3/quic-trial.ts";
import type { Quic, QuicConnection } from "../../src/transport/http3/quic.ts";
import type { PeerConnection, PeerListener } from "../../src/transport/peer.ts";
import { tempDir } from "../support/temp-dir.ts";

const SERVER_NAME = "server.fbtr.internal";
const { signal } = new AbortController();

describe("a listener for HTTP/3", () => {
  let quic: Quic;
  let server: CertificatePair;
  let client: CertificatePair;
  let listener: PeerListener;
  let good: PeerConnection;
  let port = 0;
  let handled = 0;

  beforeAll(async () => {
    quic = (await openQuic()) as Quic;
    server = await selfSignedPair([SERVER_NAME], Date.now());
    client = await selfSignedPair(["client.fbtr.internal"], Date.now());
    listener = await listenHttp3({
      quic,
      host: "127.0.0.1",
      port: 0,
      credentials: server,
      gate: { admitted: () => [client.certificate], refused: () => undefined },
      handler: async (request) => {
        handled += 1;
        return new Response(await request.arrayBuffer());
      },
    });
    port = "port" in listener.address ? listener.address.port : 0;
    good = await dial(client);
  });
  afterAll(async () => {
    await good[Symbol.asyncDispose]();
    await listener[Symbol.asyncDispose]();
  });

  const dial = async (credentials: CertificatePair) => {
    const keys = { certificates: [server.certificate], serverName: SERVER_NAME };
    return new Http3Dialer({ quic, host: "127.0.0.1", port, credentials, keys }).connect(signal);
  };
  const connectRaw = async (): Promise<QuicConnection> =>
    quic.connect(
      {
        ...client,
        trusted: [server.certificate],
        address: "127.0.0.1",
        port,
        serverName: SERVER_NAME,
        timeoutMs: 2000,
      },
      signal,
    );
  const echo = async (words: string) => {
    const answer = await good.request({ method: "POST", path: "/", body: words, signal });
    return text(answer.body);
  };

  it.each([
    ["a body before its header", encodeFrame(FRAME.DATA, Buffer.of(1)), H3.FRAME_UNEXPECTED],
    ["settings among requests", encodeFrame(FRAME.SETTINGS, Buffer.of()), H3.FRAME_UNEXPECTED],
    ["an endless header", Buffer.from("01bfffffff00", "hex"), H3.EXCESSIVE_LOAD],
    ["a broken header", Buffer.from("01030000ff", "hex"), H3.QPACK_DECOMPRESSION_FAILED],
    ["a frame that is cut off", Buffer.from("0105", "hex"), H3.FRAME_ERROR],
    ["a frame of HTTP/2", encodeFrame(0x8, Buffer.alloc(4)), H3.FRAME_UNEXPECTED],
  ])("ends a connection that sends %s, and answers the others", async (_, bytes, code) => {
    const before = handled;
    const raw = await connectRaw();
    raw.openStream().end(bytes);
    expect((await raw.closed).code).toBe(code);
    expect(handled).toBe(before);
    expect(await echo("unmoved")).toBe("unmoved");
  });

  it.each([
    ["no settings first", Buffer.from("000701ff", "hex").subarray(0, 4), H3.MISSING_SETTINGS],
    ["settings twice", Buffer.from("0004000400", "hex"), H3.FRAME_UNEXPECTED],
    ["a setting of HTTP/2", Buffer.from("0004020201", "hex"), H3.SETTINGS_ERROR],
    ["a push", Buffer.from("01", "hex"), H3.STREAM_CREATION_ERROR],
    ["an entry for the dynamic table", Buffer.from("02ff", "hex"), H3.QPACK_ENCODER_STREAM_ERROR],
  ])("ends a connection with %s on a unidirectional stream", async (_, bytes, code) => {
    const raw = await connectRaw();
    raw.openUnidirectional(bytes);
    expect((await raw.closed).code).toBe(code);
    expect(await echo("unmoved")).toBe("unmoved");
  });

  it("ends nothing but the request if only that is malformed", async () => {
    const raw = await connectRaw();
    const before = handled;
    const stream = raw.openStream();
    stream.end(encodeFrame(FRAME.HEADERS, encodeFields([[":method", "GET"]])));
    await expect.poll(() => stream.destroyed, { timeout: 3000 }).toBe(true);
    expect(handled).toBe(before);
    await raw.close(H3.NO_ERROR, "");
    expect(await raw.closed).toMatchObject({ code: H3.NO_ERROR });
  });

  it("survives garbage on its port", async () => {
    const socket = createSocket("udp4");
    for (let count = 0; count < 3000; count += 1) {
      const bytes = Buffer.alloc(1 + ((count * 37) % 1300), count * 131);
      // Every second one claims to begin a connection (RFC 9000 §17.2).
      if (count % 2 === 0) bytes.set([0xc3, 0, 0, 0, 1, 8].slice(0, bytes.length));
      socket.send(bytes, port, "127.0.0.1");
      if (count % 200 === 0) await delay(2);
    }
    socket.close();
    expect(await echo("unmoved")).toBe("unmoved");
    await using other = await dial(client);
    expect(other.isOpen).toBe(true);
  });

  it("believes nobody because the system does", async () => {
    await using dir = await tempDir();
    const stranger = await selfSignedPair(["stranger.fbtr.internal"], Date.now());
    writeFileSync(dir.file("system.crt"), stranger.certificate);
    const before = process.env["SSL_CERT_FILE"];
    process.env["SSL_CERT_FILE"] = dir.file("system.crt");
    try {
      await expect(dial(stranger)).rejects.toMatchObject({ code: "WORKER_REFUSED" });
    } finally {
      if (before === undefined) delete process.env["SSL_CERT_FILE"];
      else process.env["SSL_CERT_FILE"] = before;
    }
  });
});
