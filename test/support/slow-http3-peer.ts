import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import type { CertificatePair } from "../../src/transport/certificate.ts";
import { listenHttp3 } from "../../src/transport/http3/http3-listener.ts";
import { openQuic } from "../../src/transport/http3/quic-trial.ts";

/** A machine that answers everything with lines without end, until it is stopped or killed. */
const [message] = (await once(process, "message")) as [
  { server: CertificatePair; admitted: readonly string[] },
];
const quic = await openQuic();
if (!quic) throw new Error("This machine has no HTTP/3.");

async function* lines(): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield Buffer.from("{}\n");
    await delay(100);
  }
}

const listener = await listenHttp3({
  quic,
  host: "127.0.0.1",
  port: 0,
  credentials: message.server,
  gate: { admitted: () => message.admitted, refused: () => undefined },
  handler: () => new Response(ReadableStream.from(lines())),
});
process.send?.({ address: listener.address });
