import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHostLine {
  readonly marker: "@revoked" | "@cert-authority" | undefined;
  /** Patterns, or one hashed name. */
  readonly hosts: string;
  readonly type: string;
  readonly key: Buffer;
  /** Such as `/home/x/.ssh/known_hosts:12`. */
  readonly place: string;
}

/** What the known lines say about a key that a host has shown. */
export type Judgement =
  | { readonly kind: "known" }
  | { readonly kind: "revoked" }
  /** Other keys are known: of the same type, or of other types only. Both are refused. */
  | { readonly kind: "changed"; readonly known: readonly KnownHostLine[] }
  /** Only an authority of host certificates is known. */
  | { readonly kind: "certified" }
  | { readonly kind: "unknown" };

const DEFAULT_PORT = 22;
const MARKERS = ["@revoked", "@cert-authority"] as const;

/** Lines that cannot be read are left out, as ssh does. */
export function parseKnownHosts(text: string, path: string): KnownHostLine[] {
  return text.split("\n").flatMap((line, index) => lineOf(line, `${path}:${index + 1}`) ?? []);
}

function lineOf(line: string, place: string): KnownHostLine | undefined {
  if (line.trim() === "" || line.trimStart().startsWith("#")) return undefined;
  const fields = line.trim().split(/[ \t]+/);
  const marker = MARKERS.find((known) => known === fields[0]);
  if (marker !== undefined) fields.shift();
  const [hosts, type, base64] = fields;
  if (hosts === undefined || type === undefined || base64 === undefined) return undefined;
  // A marker that is not known means something, but nothing that could be obeyed.
  if (hosts.startsWith("@")) return undefined;
  const key = Buffer.from(base64, "base64");
  return keyType(key) === type ? { marker, hosts, type, key, place } : undefined;
}

/** The type that stands at the beginning of a public key (RFC 4253, 6.6); "" if there is none. */
export function keyType(key: Buffer): string {
  if (key.length < 4) return "";
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString("latin1");
}

/** The lines about a host, those about its certificates among them. */
export function linesAbout(
  lines: readonly KnownHostLine[],
  host: string,
  port: number,
): KnownHostLine[] {
  const name = lookupName(host, port);
  return lines.filter(({ hosts }) =>
    hosts.startsWith("|1|") ? isHashOf(hosts, name) : matchesPatterns(hosts, name),
  );
}

function lookupName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === DEFAULT_PORT ? name : `[${name}]:${port}`;
}

function isHashOf(hashed: string, name: string): boolean {
  const [, , salt = "", hash = ""] = hashed.split("|");
  const expected = Buffer.from(hash, "base64");
  const actual = nameHash(Buffer.from(salt, "base64"), name);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** SHA-1 is what the format prescribes; it hides the name from onlookers and guards nothing else. */
function nameHash(salt: Buffer, name: string): Buffer {
  return createHmac("sha1", salt).update(name).digest();
}

function matchesPatterns(patterns: string, name: string): boolean {
  let matches = false;
  for (const pattern of patterns.toLowerCase().split(",")) {
    if (pattern.startsWith("!")) {
      if (matchesGlob(pattern.slice(1), name)) return false;
    } else if (matchesGlob(pattern, name)) matches = true;
  }
  return matches;
}

/** `*` and `?`. Compared step by step, not by a regular expression: patterns come from files. */
function matchesGlob(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length;) {
    if (pattern[at] === "*") {
      star = at;
      resume = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[index])) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      // The star takes one character more.
      at = star + 1;
      resume += 1;
      index = resume;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** @param about the lines about the host that shows `key`. */
export function judge(about: readonly KnownHostLine[], key: Buffer): Judgement {
  const isShown = (line: KnownHostLine) => line.key.equals(key);
  if (about.some((line) => line.marker === "@revoked" && isShown(line))) return { kind: "revoked" };
  const known = about.filter(({ marker }) => marker === undefined);
  if (known.some(isShown)) return { kind: "known" };
  if (known.length > 0) return { kind: "changed", known };
  if (about.some(({ marker }) => marker === "@cert-authority")) return { kind: "certified" };
  return { kind: "unknown" };
}

/**
 * Algorithms of host keys, those first for which a key is known: a server that has several keys
 * then shows the one that can be compared, as with OpenSSH.
 */
export function orderAlgorithms<Algorithm extends string>(
  about: readonly KnownHostLine[],
  algorithms: readonly Algorithm[],
): Algorithm[] {
  const types = new Set(about.flatMap(({ marker, type }) => (marker === undefined ? type : [])));
  const isKnown = (algorithm: Algorithm) =>
    types.has(algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm);
  return [...algorithms.filter(isKnown), ...algorithms.filter((one) => !isKnown(one))];
}

/** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  const digest = createHash("sha256").update(key).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

/** The name of a key's type that ssh shows to people. */
export function typeForPeople(type: string): string {
  if (type.startsWith("ecdsa-")) return "ECDSA";
  return type.replace(/^ssh-/, "").toUpperCase();
}

/** A line to be added to a known_hosts file, with the name hashed. */
export function hashedLine(host: string, port: number, key: Buffer): string {
  const salt = randomBytes(20);
  const hash = nameHash(salt, lookupName(host, port));
  const name = `|1|${salt.toString("base64")}|${hash.toString("base64")}`;
  return `${name} ${keyType(key)} ${key.toString("base64")}`;
}
