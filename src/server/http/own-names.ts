import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";

/**
 * Names and addresses under which this machine is reached: its own, those that the user has set, and
 * those of the certificate.
 *
 * @param certificate path of a PEM file.
 */
export function ownNames(host: string | undefined, certificate: string | undefined): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address)),
  );
  const named = certificate === undefined ? [] : namesIn(readFileSync(certificate, "utf8"));
  return [...(host === undefined ? [] : [host]), hostname(), ...addresses, ...named];
}

/** The text form that Node gives: `DNS:books.example.com, IP Address:192.0.2.1`. */
function namesIn(pem: string): string[] {
  const { subjectAltName = "" } = new X509Certificate(pem);
  return subjectAltName
    .split(", ")
    .flatMap((name) => (name.startsWith("DNS:") ? [name.slice("DNS:".length)] : []));
}
