import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { FbtrError, systemErrorCode } from "../base/errors.ts";
import { writePrivateFile } from "../base/private-file.ts";
import { PEER_SOCKET } from "../server/life/daemon-record.ts";
import { authorizedKeysWith } from "../worker/pairing/authorized-keys.ts";
import { stateFolderOf, type Surroundings } from "./compose.ts";

/**
 * Lets a key run the worker's commands, and nothing else.
 *
 * @param mayTunnel whether the key may also reach the daemon's socket for paired machines.
 * @returns the path of the file that says so now.
 * @throws FbtrError USAGE_INVALID, CONFIG_INVALID, OUTPUT_UNWRITABLE.
 */
export async function authorizeKey(
  publicKey: string,
  mayTunnel: boolean,
  surroundings: Surroundings,
): Promise<string> {
  const { home } = surroundings;
  const folder = join(home, ".ssh");
  const path = join(folder, "authorized_keys");
  // What runs now is what sshd is to run then, whatever its PATH is.
  const command = [process.execPath, process.argv[1] ?? "fbtr"].map(quoted).join(" ");
  const socket = join(await stateFolderOf(surroundings), PEER_SOCKET);
  const grant = { command, tunnelTo: mayTunnel ? socket : undefined };
  const text = authorizedKeysWith(textOf(path), publicKey, grant);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writePrivateFile(path, text);
  } catch (cause) {
    throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}`, {
      hint: "Check whose the folder is.",
      cause,
    });
  }
  return path;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return "";
    throw error;
  }
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
