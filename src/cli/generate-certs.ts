import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { selfSignedPair } from "../transport/certificate.ts";
import type { Surroundings } from "./compose.ts";
import type { Terminal } from "./terminal.ts";
import { daemonSettings } from "./translate-settings.ts";

/**
 * Makes a certificate that signs itself, at the places that the configuration names.
 *
 * @throws FbtrError OUTPUT_EXISTS: a key that is in use is never replaced.
 */
export async function generateCerts(terminal: Terminal, surroundings: Surroundings): Promise<void> {
  const { config, host } = await daemonSettings(surroundings);
  const { tls_cert_file: cert, tls_key_file: key } = config.server;
  for (const path of [cert, key]) {
    if (!existsSync(path)) continue;
    throw new FbtrError("OUTPUT_EXISTS", `${path} exists`, {
      hint: "Move it away if it is not needed any more.",
    });
  }
  const isName = host !== undefined && host !== "0.0.0.0" && host !== "::";
  const names = [...(isName ? [host] : []), hostname(), "localhost", "127.0.0.1"];
  const pair = await selfSignedPair([...new Set(names)], surroundings.clock.now());
  await Promise.all([cert, key].map((path) => mkdir(dirname(path), { recursive: true })));
  await writeFile(key, pair.key, { mode: 0o600, flag: "wx" });
  await writeFile(cert, pair.certificate, { flag: "wx" });
  await terminal.writeOut(`Wrote ${cert} and ${key} for ${names.join(", ")}\n`);
}
