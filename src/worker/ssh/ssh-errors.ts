import { FbtrError } from "../../base/errors.ts";
import { oneLine } from "../../base/one-line.ts";
import type { OfferedHostKey, SshTarget } from "./ssh-client.ts";

/**
 * OpenSSH 9.8 and later turn a whole address away for 15 s and more after a few failed logins or
 * bare probes (PerSourcePenalties, `min:15`); the connection then ends before the first word.
 */
const PENALTY_MS = 15_000;

/** `user@host:port`, as messages name a target. */
export function nameOf({ user, host, port }: SshTarget): string {
  return `${user}@${placeOf(host, port)}`;
}

function placeOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

export function unreachable(target: SshTarget, reason: string, cause?: unknown): FbtrError {
  const place = placeOf(target.host, target.port);
  return new FbtrError("SSH_UNREACHABLE", `${place} cannot be reached: ${oneLine(reason)}`, {
    hint: "Check the address and the port, and that an SSH server runs there.",
    cause,
  });
}

/** The server hung up before it said a word: it is full, or it punishes earlier failures. */
export function turnedAway(target: SshTarget, cause?: unknown): FbtrError {
  const place = placeOf(target.host, target.port);
  return new FbtrError("SSH_UNREACHABLE", `${place} hung up before the handshake`, {
    hint: "It is no SSH server, or it takes no connections for a while after failed logins: wait a minute.",
    retryAfterMs: PENALTY_MS,
    cause,
  });
}

export function hostUnknown(offered: OfferedHostKey): FbtrError {
  const place = placeOf(offered.host, offered.port);
  return new FbtrError(
    "SSH_HOST_UNKNOWN",
    `the key of ${place} is not known: ${offered.type} ${offered.fingerprint}`,
    {
      hint: `Compare it with "ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub" on the machine, then trust it with --accept-new, or connect once with ssh.`,
    },
  );
}

/** @param known fingerprints with their types, as they stand in known_hosts. */
export function hostChanged(
  offered: OfferedHostKey,
  known: readonly string[],
  where: string,
): FbtrError {
  const place = placeOf(offered.host, offered.port);
  return new FbtrError(
    "SSH_HOST_CHANGED",
    `the key of ${place} is not the known one: it shows ${offered.type} ${offered.fingerprint}, known is ${known.join(", ")}`,
    {
      hint: `Someone may be listening in. If the machine was set up anew, remove its old key (${where}) with "ssh-keygen -R".`,
    },
  );
}

export function hostRevoked(offered: OfferedHostKey): FbtrError {
  const place = placeOf(offered.host, offered.port);
  return new FbtrError(
    "SSH_HOST_REVOKED",
    `the key of ${place} is marked as revoked: ${offered.type} ${offered.fingerprint}`,
    { hint: "Give the machine a new host key; this one is never accepted again." },
  );
}

export function authFailed(
  target: SshTarget,
  tried: readonly string[],
  cause?: unknown,
): FbtrError {
  const what = tried.length === 0 ? "nothing to log in with" : `tried ${tried.join(", ")}`;
  return new FbtrError("SSH_AUTH_FAILED", `${nameOf(target)} lets us not in: ${what}`, {
    hint: "Put the public key into ~/.ssh/authorized_keys there (ssh-copy-id), or name another key_file.",
    cause,
  });
}

export function keyUnusable(key: string, reason: string, hint: string, cause?: unknown): FbtrError {
  return new FbtrError("SSH_KEY_UNUSABLE", `the SSH key ${key} cannot be used: ${reason}`, {
    hint,
    cause,
  });
}

export function keyLocked(key: string): FbtrError {
  return keyUnusable(
    key,
    "its passphrase is missing or wrong",
    "Add the key to an ssh-agent (ssh-add), or run fbtr on a terminal, which asks for it.",
  );
}

/** What an implementation cannot do by its nature; another implementation may. */
export function unsupported(target: SshTarget, reason: string, cause?: unknown): FbtrError {
  return new FbtrError("SSH_UNSUPPORTED", `${nameOf(target)}: ${oneLine(reason)}`, {
    hint: "Leave ssh_client at auto, and install the OpenSSH client.",
    cause,
  });
}

export function connectionLost(target: SshTarget, reason: string, cause?: unknown): FbtrError {
  return new FbtrError(
    "SSH_LOST",
    `the connection to ${nameOf(target)} is lost: ${oneLine(reason)}`,
    { hint: "Check the network and whether the machine runs, then try again.", cause },
  );
}

export function sessionRefused(target: SshTarget, cause?: unknown): FbtrError {
  return new FbtrError("SSH_BUSY", `${nameOf(target)} opens no further session`, {
    hint: "Its MaxSessions is reached; try again when other work there is done.",
    cause,
  });
}

export function sshFailed(
  target: SshTarget,
  reason: string,
  hint: string,
  cause?: unknown,
): FbtrError {
  return new FbtrError("SSH_FAILED", `${nameOf(target)}: ${oneLine(reason)}`, { hint, cause });
}

export function tooMuchOutput(target: SshTarget, maxBytes: number): FbtrError {
  const reason = `the command wrote more than ${maxBytes} bytes`;
  return sshFailed(target, reason, "Check what its login shell prints there.");
}
