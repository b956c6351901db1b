import { existsSync } from "node:fs";
import { userInfo } from "node:os";

import { FbtrError } from "../../base/errors.ts";
import type { Secret } from "../../base/secret.ts";
import { checkedHostName, checkedUserName } from "./host-name.ts";
import { expandHome } from "./key-ring.ts";
import type { SshAuth, SshClientChoice, SshTarget } from "./ssh-client.ts";
import { readSshConfig, type SshConfigEntry } from "./ssh-config.ts";

/** What fbtr's own configuration says about a host (`distributed.workers.<id>`). */
export interface SshHostSettings {
  /** A name or an address, or a name of the user's ssh configuration. */
  readonly host: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  /** Path of a private key, or the key itself. */
  readonly key_file?: string | Secret | undefined;
  readonly password?: Secret | undefined;
  readonly ssh_client?: SshClientChoice | undefined;
}

/** What holds for all hosts. */
export interface SshDefaults {
  /** Path of a private key, for hosts that name none (WORKER_SSH_KEY_PATH). */
  readonly keyPath?: string | undefined;
  /** Socket of an ssh-agent (SSH_AUTH_SOCK). */
  readonly agent?: string | undefined;
  /** The user's ssh configuration, if not the default one; "none" for no configuration. */
  readonly configFile?: string | undefined;
}

const DEFAULT_PORT = 22;
/** A bastion behind a bastion behind … itself. */
const MAX_JUMPS = 8;

/**
 * Puts together where a host is and how to log in: fbtr's own configuration first, then the user's ssh
 * configuration, then what is usual.
 *
 * @throws FbtrError CONFIG_INVALID for names that are none, and for bastions in a circle.
 */
export async function targetOf(
  settings: SshHostSettings,
  defaults: SshDefaults,
): Promise<SshTarget> {
  return resolve(settings, defaults, 0);
}

async function resolve(
  settings: SshHostSettings,
  defaults: SshDefaults,
  depth: number,
): Promise<SshTarget> {
  if (depth > MAX_JUMPS)
    throw new FbtrError("CONFIG_INVALID", `the way to ${settings.host} has too many bastions`, {
      hint: "Check ProxyJump in your ssh configuration.",
    });
  const entry = await readSshConfig(settings.host, defaults.configFile);
  const auth = authOf(settings, defaults, entry);
  const jump = await jumpOf(entry, defaults, depth);
  const reason = needsOpenSsh(entry, auth);
  return {
    host: checkedHostName(single(entry, "hostname") ?? settings.host),
    port: portOf(settings, entry),
    user: checkedUserName(settings.user ?? single(entry, "user") ?? userInfo().username),
    auth,
    ...(jump && { jump }),
    ...(entry && { configName: settings.host }),
    ...(reason !== undefined && { needsOpenSsh: reason }),
    ...(settings.ssh_client !== undefined && { client: settings.ssh_client }),
  };
}

/** 22 is what our configuration says when nobody has said anything. */
function portOf(
  { port = DEFAULT_PORT }: SshHostSettings,
  entry: SshConfigEntry | undefined,
): number {
  return port === DEFAULT_PORT ? Number(single(entry, "port") ?? DEFAULT_PORT) : port;
}

function authOf(
  { key_file: own, password }: SshHostSettings,
  { keyPath, agent: usual }: SshDefaults,
  entry: SshConfigEntry | undefined,
): SshAuth {
  const named = own ?? keyPath;
  const keys = named === undefined ? keysOf(entry) : [named];
  const agent = agentOf(entry, usual);
  return {
    keys,
    ...(agent !== undefined && { agent }),
    ...(password && { password }),
  };
}

/** ssh names its usual keys whether they are there or not. */
function keysOf(entry: SshConfigEntry | undefined): string[] {
  return (entry?.get("identityfile") ?? []).map(expandHome).filter((path) => existsSync(path));
}

function agentOf(entry: SshConfigEntry | undefined, usual: string | undefined): string | undefined {
  const named = single(entry, "identityagent");
  if (named === undefined || named === "SSH_AUTH_SOCK") return usual;
  return named === "none" ? undefined : expandHome(named);
}

/** Bastions in the order in which they are passed: the last one is the nearest to the host. */
async function jumpOf(
  entry: SshConfigEntry | undefined,
  defaults: SshDefaults,
  depth: number,
): Promise<SshTarget | undefined> {
  let nearest: SshTarget | undefined;
  for (const hop of (single(entry, "proxyjump") ?? "").split(",").filter(Boolean)) {
    const target = await resolve(parseHop(hop), defaults, depth + 1);
    nearest = nearest === undefined ? target : { ...target, jump: nearest };
  }
  return nearest;
}

/** `[user@]host[:port]`, with brackets around an IPv6 address, or the same as an ssh:// URL. */
function parseHop(hop: string): SshHostSettings {
  const pattern = /^(?:ssh:\/\/)?(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/;
  const [, user, host = hop, port] = pattern.exec(hop) ?? [];
  return {
    host: host.replace(/^\[|\]$/g, ""),
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
  };
}

function needsOpenSsh(
  entry: SshConfigEntry | undefined,
  { keys = [] }: SshAuth,
): string | undefined {
  if (isSet(entry, "proxycommand")) return "it needs a ProxyCommand";
  if (isSet(entry, "pkcs11provider")) return "it needs a PKCS#11 token";
  if (isSet(entry, "hostkeyalias")) return "it has a HostKeyAlias";
  const certified = keys.some(
    (key) => typeof key === "string" && existsSync(`${expandHome(key)}-cert.pub`),
  );
  return certified || isSet(entry, "certificatefile") ? "it logs in with a certificate" : undefined;
}

function isSet(entry: SshConfigEntry | undefined, key: string): boolean {
  return (single(entry, key) ?? "none") !== "none";
}

function single(entry: SshConfigEntry | undefined, key: string): string | undefined {
  return entry?.get(key)?.[0];
}
