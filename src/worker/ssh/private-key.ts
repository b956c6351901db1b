import { createPrivateKey, randomBytes, type KeyObject } from "node:crypto";

import ssh2, { type ParsedKey } from "ssh2";

import type { Secret } from "../../base/secret.ts";

/** What became of an attempt to read a private key. */
export type ReadKey =
  | { readonly kind: "key"; readonly key: ParsedKey }
  /** There is a passphrase, and none or a wrong one was given. */
  | { readonly kind: "locked" }
  /** A kind of key that only the system's ssh can use. */
  | { readonly kind: "foreign"; readonly reason: string }
  | { readonly kind: "unreadable"; readonly reason: string };

const PKCS8 = /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/m;
const ENCRYPTED_PEM = /^-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m;
const SECURITY_KEY = /private key type: sk-/;
const NEEDS_PASSPHRASE = /no passphrase given|integrity check failed|[Bb]ad passphrase|bad decrypt/;
/** How Node says that a passphrase is missing or wrong. */
const LOCKED_CODES = /^ERR_(MISSING_PASSPHRASE|OSSL_.*(BAD_DECRYPT|PASSWORD|INTERRUPTED|BAD_PASS))/;

/**
 * Reads a private key in the format of OpenSSH, PEM, PuTTY or PKCS#8. With a passphrase it takes a
 * third of a second of computing (bcrypt): read once, and keep the key.
 */
export function readPrivateKey(text: string, passphrase?: Secret): ReadKey {
  const read = PKCS8.test(text) ? readPkcs8(text, passphrase) : readOther(text, passphrase);
  // One wrong passphrase in 256 passes the padding check of a PEM file, and gives nonsense.
  const isNonsense = read.kind === "unreadable" && ENCRYPTED_PEM.test(text);
  return isNonsense ? { kind: "locked" } : read;
}

function readOther(text: string, passphrase?: Secret): ReadKey {
  const parsed = ssh2.utils.parseKey(text, passphrase?.reveal());
  // The format of OpenSSH could hold several keys, and is used for one.
  const key: ParsedKey | Error | undefined = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) return { kind: "unreadable", reason: "there is no key in it" };
  if (key instanceof Error) return failure(key.message);
  if (!key.isPrivateKey()) return { kind: "unreadable", reason: "it is a public key" };
  return { kind: "key", key };
}

function failure(message: string): ReadKey {
  if (NEEDS_PASSPHRASE.test(message)) return { kind: "locked" };
  if (SECURITY_KEY.test(message))
    return { kind: "foreign", reason: "the key is in a security key" };
  return { kind: "unreadable", reason: message };
}

/** ssh2 knows no PKCS#8; Node does, and writes what ssh2 knows. */
function readPkcs8(text: string, passphrase?: Secret): ReadKey {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, passphrase: passphrase?.reveal() });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (LOCKED_CODES.test(code ?? "")) return { kind: "locked" };
    return { kind: "unreadable", reason: message };
  }
  const { asymmetricKeyType: type } = key;
  if (type === "rsa") return readOther(key.export({ type: "pkcs1", format: "pem" }));
  if (type === "ec") return readOther(key.export({ type: "sec1", format: "pem" }));
  if (type === "ed25519") return readOther(ed25519InOpenSshFormat(key));
  return { kind: "unreadable", reason: `SSH has no keys of type ${type}` };
}

/** PROTOCOL.key of OpenSSH, without a passphrase: the only form in which ssh2 takes Ed25519. */
function ed25519InOpenSshFormat(key: KeyObject): string {
  const { x = "", d = "" } = key.export({ format: "jwk" });
  const publicPart = Buffer.from(x, "base64url");
  const type = field("ssh-ed25519");
  const publicKey = Buffer.concat([type, field(publicPart)]);
  const check = randomBytes(4);
  const keyPair = field(Buffer.concat([Buffer.from(d, "base64url"), publicPart]));
  const secret = Buffer.concat([check, check, publicKey, keyPair, field("")]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, -secret.length & 7));
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    field("none"),
    field("none"),
    field(""),
    Buffer.from([0, 0, 0, 1]),
    field(publicKey),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = file.toString("base64").replaceAll(/.{70}/g, "$&\n");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** Four bytes of length, then the bytes (RFC 4251, 5). */
function field(bytes: string | Uint8Array): Buffer {
  const content = Buffer.from(bytes as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
