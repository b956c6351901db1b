import { FbtrError } from "../../base/errors.ts";

/** Type, key and the rest: what a .pub file holds. */
const PUBLIC_KEY =
  /^((?:sk-)?(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))(?:@openssh\.com)?) ([A-Za-z0-9+/]{40,}={0,2})(?: ([^\p{Cc}]*))?$/u;

/** What tells the lines that fbtr has written from those of the user. */
const SERVES = "worker ssh-serve";

/** What a key may do beside asking the worker's commands. */
export interface KeyGrant {
  /** Words of the shell that run fbtr; without `worker ssh-serve`. */
  readonly command: string;
  /**
   * Path of the one socket that tunnels may lead to: that for paired machines, which lets nobody in
   * without a paired key. Undefined: no tunnels.
   */
  readonly tunnelTo: string | undefined;
}

/**
 * The text of an authorized_keys file (sshd(8), AUTHORIZED_KEYS FILE FORMAT) in which a key may do
 * nothing but ask the worker's commands. Idempotent; the other lines stay as they are.
 *
 * @throws FbtrError USAGE_INVALID if it is no public key; CONFIG_INVALID if the file lets the key in
 *   already: sshd goes by the first line, so that a second one would limit nothing.
 */
export function authorizedKeysWith(text: string, publicKey: string, grant: KeyGrant): string {
  const [, type, key, comment = "fbtr"] = PUBLIC_KEY.exec(publicKey.trim()) ?? [];
  if (type === undefined || key === undefined) {
    throw new FbtrError("USAGE_INVALID", "that is no public SSH key", {
      hint: "It is the content of a file that ends in .pub, such as ~/.ssh/id_ed25519.pub.",
    });
  }
  const lines = text
    .split("\n")
    .filter((line, place, all) => line !== "" || place < all.length - 1);
  const own = lines.findIndex((line) => holds(line, key));
  const line = `${optionsOf(grant)} ${type} ${key} ${comment}`;
  if (own === -1) return [...lines, line, ""].join("\n");
  if (!lines[own]?.includes(SERVES)) {
    throw new FbtrError("CONFIG_INVALID", `line ${own + 1} lets that key in without limits`, {
      hint: "Take that line away first, or make a key of its own for fbtr (ssh-keygen).",
    });
  }
  return [...lines.with(own, line), ""].join("\n");
}

function holds(line: string, key: string): boolean {
  return !line.startsWith("#") && line.split(/\s+/).includes(key);
}

function optionsOf({ command, tunnelTo }: KeyGrant): string {
  // sshd takes a path in brackets for a host, and compares it with the sockets that are asked for;
  // the port of a socket is any.
  const tunnels =
    tunnelTo === undefined ? "" : `port-forwarding,permitopen="${escaped(`[${tunnelTo}]:*`)}",`;
  return `restrict,${tunnels}command="${escaped(`${command} ${SERVES}`)}"`;
}

function escaped(text: string): string {
  return text.replaceAll('"', String.raw`\"`);
}

/** The commands that a limited key may ask for. */
export type ServedCommand = "pair" | "unpair" | "status" | "start";

/**
 * Which of the worker's commands a client of SSH wants. Only the end of its wish is looked at, and
 * nothing of it is run: how fbtr is called stands before it.
 *
 * @param wish what sshd hands over as SSH_ORIGINAL_COMMAND.
 * @throws FbtrError AUTH_FORBIDDEN for whatever else.
 */
export function servedCommand(wish: string | undefined): ServedCommand {
  const [, command] = /(?:^|\s)worker (pair|unpair|status|start)$/.exec(wish ?? "") ?? [];
  if (command !== undefined) return command as ServedCommand;
  throw new FbtrError("AUTH_FORBIDDEN", "this key may only pair and ask how the worker is", {
    hint: "Log in with another key, or take the limits off in ~/.ssh/authorized_keys.",
  });
}
