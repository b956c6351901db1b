import type { FbtrError } from "../../base/errors.ts";
import { changedError } from "./host-trust.ts";
import { fingerprint, typeForPeople, type KnownHostLine } from "./known-hosts.ts";
import { offeredKey } from "./openssh-prompts.ts";
import { keyName } from "./key-ring.ts";
import type { SshTarget } from "./ssh-client.ts";
import {
  authFailed,
  hostRevoked,
  hostUnknown,
  turnedAway,
  unreachable,
  unsupported,
} from "./ssh-errors.ts";

const SENT_KEY = /The fingerprint for the (\S+) key sent by the remote host is\s+(SHA256:[^\s.]+)/;

/**
 * What the system's ssh said when it could not connect. It has one exit status for everything, so
 * its messages are read here, and nowhere else.
 *
 * @param said its standard error.
 */
export function toConnectError(
  target: SshTarget,
  said: string,
  about: readonly KnownHostLine[],
): FbtrError {
  const cause = new Error(said.trim());
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(said)) {
    const known = about.filter(({ marker }) => marker === undefined);
    return changedError(offeredKey(target, SENT_KEY.exec(said)), known);
  }
  if (/REVOKED HOST KEY|marked as revoked/.test(said)) return revokedError(target, about);
  if (/Host key verification failed/.test(said)) return hostUnknown(offeredKey(target, null));
  if (/Permission denied \(|Too many authentication failures/.test(said))
    return authFailed(target, meansOf(target), cause);
  if (/Unable to negotiate|no matching|Unsupported|Bad configuration/.test(said))
    return unsupported(target, said, cause);
  if (/kex_exchange_identification|Connection closed by|Connection reset by/.test(said))
    return turnedAway(target, cause);
  return unreachable(target, lastLine(said), cause);
}

function revokedError(target: SshTarget, about: readonly KnownHostLine[]): FbtrError {
  const revoked = about.find(({ marker }) => marker === "@revoked");
  return hostRevoked({
    host: target.host,
    port: target.port,
    type: revoked === undefined ? "" : typeForPeople(revoked.type),
    fingerprint: revoked === undefined ? "" : fingerprint(revoked.key),
  });
}

/** ssh does not tell what it tried; this is what it was given. */
function meansOf({ auth }: SshTarget): string[] {
  return [
    ...(auth.keys ?? []).map((key) => `the key ${keyName(key)}`),
    ...(auth.agent === undefined ? [] : ["the ssh-agent"]),
    ...(auth.password === undefined ? [] : ["the password"]),
  ];
}

export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
