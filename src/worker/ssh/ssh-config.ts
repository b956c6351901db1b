import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import { checkedHostName } from "./host-name.ts";

const run = promisify(execFile);

/** What the user's ssh configuration says about a host: keys in lower case, all their values. */
export type SshConfigEntry = ReadonlyMap<string, readonly string[]>;

/**
 * Asks the system's ssh, which alone knows all that may stand in its configuration. Conditions that
 * run a program (Match exec) run as they do when the user calls ssh.
 *
 * @param configFile if not the default one.
 * @returns undefined if there is no ssh on this machine.
 * @throws FbtrError CONFIG_INVALID for a name that is none, or a configuration that ssh refuses.
 */
export async function readSshConfig(
  host: string,
  configFile?: string,
): Promise<SshConfigEntry | undefined> {
  const file = configFile === undefined ? [] : ["-F", configFile];
  try {
    const { stdout } = await run("ssh", ["-G", ...file, "--", checkedHostName(host)]);
    return parseEntry(stdout);
  } catch (error) {
    if (error instanceof FbtrError) throw error;
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw new FbtrError("CONFIG_INVALID", `ssh does not understand its configuration of ${host}`, {
      hint: `Run "ssh -G ${host}" to see why.`,
      cause: error,
    });
  }
}

function parseEntry(text: string): SshConfigEntry {
  const entry = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [, key, value] = /^(\S+) (.*)$/.exec(line.trim()) ?? [];
    if (key === undefined || value === undefined) continue;
    entry.set(key, [...(entry.get(key) ?? []), value]);
  }
  return entry;
}

/**
 * The hosts that the user's ssh configuration names one by one; patterns are none, and files that
 * it includes are not looked into.
 */
export function configuredHosts(home: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(join(home, ".ssh", "config"), "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  const named = text.split("\n").flatMap((line) => {
    const [, hosts = ""] = /^\s*Host[\s=]+(.*)$/i.exec(line) ?? [];
    return hosts.split(/\s+/).filter((host) => host !== "" && !/[*?!"]/.test(host));
  });
  return [...new Set(named)];
}
