import { once } from "node:events";
import { connect, createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

import type { CertificatePair } from "../../src/transport/certificate.ts";
import { selfSignedPair } from "../../src/transport/certificate.ts";
import { Http3Dialer } from "../../src/transport/http3/http3-dialer.ts";
import { listenHttp3 } from "../../src/transport/http3/http3-listener.ts";
import { openQuic } from "../../src/transport/http3/quic-trial.ts";
import type { PeerDialer, PeerGate, PeerHandler, PeerListener } from "../../src/transport/peer.ts";

/** Both ends of a transport in this process, with mutual TLS between them. */
export interface TransportEnds extends AsyncDisposable {
  readonly name: string;
  /** Sends a body, and reads as much in answer. */
  exchange(body: Buffer): Promise<void>;
}

/** Those of fbtr, which are asked for large answers, too. */
export interface PeerEnds extends TransportEnds {
  /** @returns the bytes that came. */
  download(bytes: number): Promise<number>;
}

interface Keys {
  readonly server: CertificatePair;
  readonly client: CertificatePair;
}

const SERVER_NAME = "server.fbtr.internal";
const CHUNK = new Uint8Array(64 * 1024);

export async function makeKeys(): Promise<Keys> {
  return {
    server: await selfSignedPair([SERVER_NAME], Date.now()),
    client: await selfSignedPair(["client.fbtr.internal"], Date.now()),
  };
}

/** A listener and a dialer of fbtr, whatever the transport. */
export async function openPeerEnds(
  name: string,
  listen: (gate: PeerGate, handler: PeerHandler) => Promise<PeerListener>,
  dial: (address: PeerListener["address"]) => PeerDialer,
  { client }: Keys,
): Promise<PeerEnds> {
  const gate = { admitted: () => [client.certificate], refused: () => undefined };
  const listener = await listen(gate, answer);
  const { signal } = new AbortController();
  const connection = await dial(listener.address).connect(signal);
  const ask = async (path: string, body?: Buffer): Promise<number> => {
    const rest =
      body === undefined ? ({ method: "GET" } as const) : ({ method: "POST", body } as const);
    const response = await connection.request({ path, signal, ...rest });
    let count = 0;
    for await (const chunk of response.body) count += chunk.length;
    return count;
  };
  return {
    name,
    exchange: async (body) => void (await ask("/", body)),
    download: async (bytes) => ask(`/${bytes}`),
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
    },
  };
}

export async function openHttp3Ends(keys: Keys): Promise<PeerEnds> {
  const quic = await openQuic();
  if (!quic) throw new Error("This machine has no HTTP/3.");
  const { server, client } = keys;
  const peerKeys = { certificates: [server.certificate], serverName: SERVER_NAME };
  return openPeerEnds(
    "HTTP/3",
    (gate, handler) =>
      listenHttp3({ quic, host: "127.0.0.1", port: 0, credentials: server, gate, handler }),
    (address) => {
      if (!("port" in address)) throw new Error("HTTP/3 has no sockets in files.");
      return new Http3Dialer({ quic, ...address, credentials: client, keys: peerKeys });
    },
    keys,
  );
}

/** HTTP/2 of Node at both ends and nothing else: what the others are compared with. */
export async function openBareHttp2Ends({ server, client }: Keys): Promise<TransportEnds> {
  const listener = createSecureServer({
    cert: server.certificate,
    key: server.key,
    ca: client.certificate,
    requestCert: true,
  });
  listener.on("stream", (stream) => {
    void buffer(stream).then((body) => stream.end(body));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const session = connect(`https://127.0.0.1:${(listener.address() as AddressInfo).port}`, {
    cert: client.certificate,
    key: client.key,
    ca: server.certificate,
    servername: SERVER_NAME,
  });
  await once(session, "connect");
  return {
    name: "bare HTTP/2",
    async exchange(body) {
      const stream = session.request({ ":method": "POST", ":path": "/" });
      stream.end(body);
      await buffer(stream);
    },
    async [Symbol.asyncDispose]() {
      session.close();
      listener.close();
      await once(listener, "close");
    },
  };
}

const answer: PeerHandler = async (request) => {
  if (request.method === "POST") return new Response(await request.arrayBuffer());
  const bytes = Number(new URL(request.url).pathname.slice(1));
  return new Response(ReadableStream.from(chunksOf(bytes)));
};

async function* chunksOf(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
  }
}
