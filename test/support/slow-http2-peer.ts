import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { httpLimits } from "../../src/server/http/limits.ts";
import { listenHttp2 } from "../../src/server/peers/http2-peer-listener.ts";
import type { CertificatePair } from "../../src/transport/certificate.ts";

/** A machine that answers everything with lines without end, until it is stopped or killed. */
const [message] = (await once(process, "message")) as [
  { server: CertificatePair; admitted: readonly string[] },
];

async function* lines(): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield Buffer.from("{}\n");
    await delay(100);
  }
}

const listener = await listenHttp2({
  at: { host: "127.0.0.1", port: 0 },
  credentials: message.server,
  gate: { admitted: () => message.admitted, refused: () => undefined },
  handler: () => new Response(ReadableStream.from(lines())),
  limits: httpLimits(30, 30),
});
process.send?.({ address: listener.address });
