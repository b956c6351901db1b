import { sleep } from "../../base/abort.ts";
import { selfSignedPair } from "../certificate.ts";
import { Quic, type QuicConnection } from "./quic.ts";

const TRIAL_MS = 2000;
const NAME = "trial.fbtr.internal";
const MESSAGE = Buffer.from("unidirectional");

/**
 * QUIC, if this machine has it and if it does what HTTP/3 needs: two ends in this process prove
 * themselves to each other and send on unidirectional streams.
 *
 * @returns undefined where there is no HTTP/3.
 */
export async function openQuic(): Promise<Quic | undefined> {
  const over = new AbortController();
  try {
    const quic = new Quic();
    await Promise.race([tryOut(quic), timeLimit(over.signal)]);
    return quic;
  } catch {
    // Whatever is wrong with it, the other transports do without.
    return undefined;
  } finally {
    over.abort();
  }
}

async function tryOut(quic: Quic): Promise<void> {
  const { certificate, key } = await selfSignedPair([NAME], Date.now());
  const keys = { certificate, key, trusted: [certificate] };
  const accepted = Promise.withResolvers<QuicConnection>();
  const listener = await quic.listen({
    ...keys,
    address: "127.0.0.1",
    port: 0,
    onConnection: accepted.resolve,
    onRefused: () => accepted.reject(new Error("The certificate was refused.")),
  });
  try {
    const target = { ...keys, address: "127.0.0.1", port: listener.port, serverName: NAME };
    const limit = { timeoutMs: TRIAL_MS };
    const client = await quic.connect({ ...target, ...limit }, AbortSignal.timeout(TRIAL_MS));
    const server = await accepted.promise;
    try {
      await Promise.all([deliver(client, server), deliver(server, client)]);
    } finally {
      await client.close(0, "");
    }
  } finally {
    await listener.close();
  }
}

async function deliver(from: QuicConnection, to: QuicConnection): Promise<void> {
  const arrived = Promise.withResolvers<void>();
  to.onStream((stream) => {
    stream.on("data", (bytes: Buffer) => {
      if (bytes.equals(MESSAGE)) arrived.resolve();
      else arrived.reject(new Error("Other bytes came than were sent."));
    });
  });
  from.openUnidirectional(MESSAGE);
  await arrived.promise;
}

async function timeLimit(signal: AbortSignal): Promise<never> {
  await sleep(TRIAL_MS, signal);
  throw new Error("A connection to oneself took too long.");
}
