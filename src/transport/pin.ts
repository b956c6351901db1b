import { createHash, X509Certificate } from "node:crypto";

/**
 * What a machine is known by: the SHA-256 of its public key (SubjectPublicKeyInfo, as in RFC 7469
 * §2.4), base64url. A renewed certificate of the same key has the same pin.
 */
export type Pin = string;

/** @param certificate as PEM, or parsed. @throws an error of OpenSSL if it is none. */
export function pinOf(certificate: string | X509Certificate): Pin {
  const parsed = typeof certificate === "string" ? new X509Certificate(certificate) : certificate;
  const spki = parsed.publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest("base64url");
}

/** Whether a text is a certificate whose owner has signed it: who sent it had the key once. */
export function isOwnSignature(certificate: string): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    return parsed.verify(parsed.publicKey);
  } catch {
    return false;
  }
}
