import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import {
  fingerprint,
  hashedLine,
  judge,
  keyType,
  linesAbout,
  parseKnownHosts,
  typeForPeople,
  type KnownHostLine,
} from "./known-hosts.ts";
import type { OfferedHostKey, SshPrompts, SshTarget } from "./ssh-client.ts";
import { hostChanged, hostRevoked, hostUnknown, unsupported } from "./ssh-errors.ts";

/** Decides whether the key that a host shows is its own. */
export class HostTrust {
  readonly #files: readonly string[];
  readonly #ask: SshPrompts["trustHost"];

  /** @param files known_hosts files; keys that the user trusts are added to the first. */
  constructor(files: readonly string[], ask: SshPrompts["trustHost"]) {
    this.#files = files;
    this.#ask = ask;
  }

  /** @throws FbtrError CONFIG_INVALID if a file is there and cannot be read. */
  async linesAbout({ host, port }: SshTarget): Promise<KnownHostLine[]> {
    const lines: KnownHostLine[] = [];
    for (const path of this.#files) lines.push(...parseKnownHosts(await textOf(path), path));
    return linesAbout(lines, host, port);
  }

  /**
   * Returns if the key is known, or if the user trusts it from now on.
   *
   * @param about what `linesAbout` gave.
   * @throws FbtrError SSH_HOST_CHANGED, SSH_HOST_REVOKED, SSH_HOST_UNKNOWN, and SSH_UNSUPPORTED
   * where only certificates of hosts are trusted.
   */
  async check(target: SshTarget, about: readonly KnownHostLine[], key: Buffer): Promise<void> {
    const judgement = judge(about, key);
    const offered = offeredKey(target, key);
    switch (judgement.kind) {
      case "known":
        return;
      case "revoked":
        throw hostRevoked(offered);
      case "changed":
        throw changedError(offered, judgement.known);
      case "certified":
        throw unsupported(target, "the host is trusted by a certificate authority");
      case "unknown":
        if ((await this.#ask?.(offered)) !== true) throw hostUnknown(offered);
        await this.#remember(target, key);
    }
  }

  async #remember({ host, port }: SshTarget, key: Buffer): Promise<void> {
    const [path] = this.#files;
    if (path === undefined) return;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const text = await textOf(path);
      const separator = text === "" || text.endsWith("\n") ? "" : "\n";
      await appendFile(path, `${separator}${hashedLine(host, port, key)}\n`, { mode: 0o600 });
    } catch (cause) {
      throw new FbtrError("CONFIG_INVALID", `the host key cannot be written to ${path}`, {
        hint: "Check who may write there, or set distributed.ssh_config.known_hosts_path.",
        cause,
      });
    }
  }
}

/** The error for a host that shows another key than those that are known. */
export function changedError(offered: OfferedHostKey, known: readonly KnownHostLine[]): FbtrError {
  const keys = known.map(({ type, key }) => `${typeForPeople(type)} ${fingerprint(key)}`);
  return hostChanged(offered, keys, known.map(({ place }) => place).join(", "));
}

function offeredKey({ host, port }: SshTarget, key: Buffer): OfferedHostKey {
  return { host, port, type: typeForPeople(keyType(key)), fingerprint: fingerprint(key) };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (systemErrorCode(cause) === "ENOENT") return "";
    throw new FbtrError("CONFIG_INVALID", `${path} cannot be read`, {
      hint: "It holds the keys of known hosts. Check who may read it.",
      cause,
    });
  }
}
