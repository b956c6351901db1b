import { homedir } from "node:os";
import { join } from "node:path";

import type { Clock } from "../../base/clock.ts";
import type { Config } from "../../config/fields/all.ts";
import { createSshClient } from "./choosing-client.ts";
import { expandHome } from "./key-ring.ts";
import { SESSIONS_PER_HOST } from "./pooled-connection.ts";
import { DEFAULT_RETRY, RetryingClient } from "./retrying-client.ts";
import type { SshPrompts } from "./ssh-client.ts";
import { SshPool } from "./ssh-pool.ts";
import type { SshDefaults } from "./ssh-target.ts";

/** The part of the configuration that SSH follows. */
export type SshSettings = Pick<
  Config["distributed"],
  "ssh_timeout" | "ssh_max_retries" | "ssh_config" | "connections"
>;

export interface SshSurroundings {
  readonly prompts: SshPrompts;
  readonly clock: Clock;
  /** The user's ssh configuration, if not the default one; "none" for no configuration. */
  readonly configFile?: string;
}

const MS = 1000;

/** The connections to all workers, as the configuration wants them. Nothing is opened yet. */
export function createSshPool(settings: SshSettings, surroundings: SshSurroundings): SshPool {
  const { prompts, clock, configFile } = surroundings;
  const { ssh_timeout, ssh_max_retries, ssh_config, connections } = settings;
  const client = createSshClient({
    knownHosts: knownHostsFiles(ssh_config.known_hosts_path),
    prompts,
    timeoutMs: ssh_timeout * MS,
    ...(configFile !== undefined && { configFile }),
  });
  const retrying = new RetryingClient(client, { ...DEFAULT_RETRY, retries: ssh_max_retries });
  const limits = {
    sessionsPerHost: SESSIONS_PER_HOST,
    tunnelsPerHost: connections.max_per_worker,
    idleMs: connections.idle_timeout * MS,
    lifetimeMs: connections.max_lifetime * MS,
  };
  return new SshPool(retrying, limits, clock);
}

/** What holds for workers that say nothing else (WORKER_SSH_KEY_PATH, SSH_AUTH_SOCK). */
export function sshDefaultsOf(
  { ssh_config }: SshSettings,
  env: NodeJS.ProcessEnv,
  configFile?: string,
): SshDefaults {
  return { keyPath: ssh_config.key_path, agent: env["SSH_AUTH_SOCK"], configFile };
}

/** A file that the user names is the only one, as with UserKnownHostsFile. */
function knownHostsFiles(named: string | undefined): readonly string[] {
  if (named !== undefined) return [expandHome(named)];
  const own = join(homedir(), ".ssh", "known_hosts");
  return [own, `${own}2`, "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];
}
