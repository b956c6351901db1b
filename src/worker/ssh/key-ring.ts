import { open, type FileHandle } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import type { ParsedKey } from "ssh2";

import { sha256 } from "../../base/digest.ts";
import { systemErrorCode, type FbtrError } from "../../base/errors.ts";
import { Secret } from "../../base/secret.ts";
import { readPrivateKey, type ReadKey } from "./private-key.ts";
import type { SshPrompts, SshTarget } from "./ssh-client.ts";
import { keyLocked, keyUnusable, unsupported } from "./ssh-errors.ts";

const PASSPHRASE_ATTEMPTS = 3;
const GIVEN_KEY = "that was given as text";

/** Private keys that were read: each once, with its passphrase asked once. */
export class KeyRing {
  readonly #ask: SshPrompts["passphrase"];
  readonly #keys = new Map<string, Promise<ParsedKey>>();

  constructor(ask: SshPrompts["passphrase"]) {
    this.#ask = ask;
  }

  /**
   * @param source path of a key, or the key itself.
   * @throws FbtrError SSH_KEY_UNUSABLE, or SSH_UNSUPPORTED for a key that ssh2 cannot use.
   */
  async get(target: SshTarget, source: string | Secret): Promise<ParsedKey> {
    const id = idOf(source);
    const reading = this.#keys.get(id) ?? this.#read(target, source);
    this.#keys.set(id, reading);
    try {
      return await reading;
    } catch (error) {
      // The user may mend it while the daemon runs.
      this.#keys.delete(id);
      throw error;
    }
  }

  /**
   * Whether a key needs a passphrase that was not given yet.
   *
   * @throws FbtrError SSH_KEY_UNUSABLE if there is no such file.
   */
  async isLocked(source: string | Secret): Promise<boolean> {
    if (this.#keys.has(idOf(source))) return false;
    return readPrivateKey(await textOf(source)).kind === "locked";
  }

  async #read(target: SshTarget, source: string | Secret): Promise<ParsedKey> {
    const name = keyName(source);
    const text = await textOf(source);
    let read = readPrivateKey(text);
    for (let attempt = 0; read.kind === "locked" && attempt < PASSPHRASE_ATTEMPTS; attempt += 1) {
      const passphrase = await this.#ask?.(name);
      if (passphrase === undefined) break;
      read = readPrivateKey(text, passphrase);
    }
    if (read.kind === "key") return read.key;
    throw toKeyError(target, name, read);
  }
}

function toKeyError(
  target: SshTarget,
  name: string,
  read: Exclude<ReadKey, { readonly kind: "key" }>,
): FbtrError {
  if (read.kind === "foreign") return unsupported(target, read.reason);
  if (read.kind === "unreadable")
    return keyUnusable(name, read.reason, "Convert it: ssh-keygen -p -f <key>.");
  return keyLocked(name);
}

function idOf(source: string | Secret): string {
  return source instanceof Secret ? sha256(source.reveal()) : expandHome(source);
}

async function textOf(source: string | Secret): Promise<string> {
  return source instanceof Secret ? source.reveal() : readKeyFile(expandHome(source));
}

/** How messages and prompts name a key. */
export function keyName(source: string | Secret): string {
  return source instanceof Secret ? GIVEN_KEY : expandHome(source);
}

/** `~/x` as a path in the user's home folder. */
export function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/**
 * What stands in the file of a key.
 *
 * @throws FbtrError SSH_KEY_UNUSABLE if there is none, or if others may read it.
 */
export async function readKeyFile(path: string): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (cause) {
    const reason = systemErrorCode(cause) === "ENOENT" ? "there is no such file" : "it is closed";
    throw keyUnusable(path, reason, "Check key_file and WORKER_SSH_KEY_PATH.", cause);
  }
  try {
    // As ssh does: a key that others can read is no secret.
    const { mode, uid } = await file.stat();
    if (uid === process.getuid?.() && (mode & 0o077) !== 0)
      throw keyUnusable(path, "others may read it", `Run chmod 600 ${path}.`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
