import "reflect-metadata";

import { webcrypto } from "node:crypto";
import { isIP } from "node:net";

import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  cryptoProvider,
} from "@peculiar/x509";

/** A certificate and its private key, both as PEM. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** What is pinned is the key: the dates only have to be there (RFC 5280 §4.1.2.5). */
const LIFETIME_MS = 10 * YEAR_MS;
/** Clocks differ. */
const HEAD_START_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a key on the curve P-256 and a certificate that it signs itself, for servers and clients.
 *
 * @param names DNS names and IP addresses, at least one; the first one is the subject.
 * @param nowMs wall clock.
 */
export async function selfSignedPair(
  names: readonly string[],
  nowMs: number,
): Promise<CertificatePair> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const alternative = names.map((value) => {
    return { type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value };
  });
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString("hex"),
    name: [{ CN: [names[0] ?? "fbtr"] }],
    notBefore: new Date(nowMs - HEAD_START_MS),
    notAfter: new Date(nowMs + LIFETIME_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      new SubjectAlternativeNameExtension(alternative),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: `${made.toString("pem")}\n`,
    key: `${PemConverter.encode(pkcs8, "PRIVATE KEY")}\n`,
  };
}
