import { join } from "node:path";

import { USER_FILES } from "../config/config-file.ts";
import type { Config } from "../config/fields/all.ts";
import { invalidConfig } from "../config/load.ts";
import { userFolders } from "../config/folders.ts";
import type { ProviderSettings } from "../engine/providers/provider.ts";
import type { JobLimits } from "../job/job-limits.ts";
import type { DaemonSettings } from "../server/settings.ts";
import { configOf, type Surroundings } from "./compose.ts";
import { providerSettings } from "./provider-settings.ts";

/** What translations go by, whether an option, a variable or the file says it. */
interface WorkSettings {
  readonly engine: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly script: Config["translation"]["script"];
  readonly limits: JobLimits;
  readonly providers: Readonly<Record<string, ProviderSettings>>;
}

/** What `fbtr translate` goes by. */
export interface TranslateSettings extends WorkSettings {
  readonly distributed: Config["distributed"];
  /** What is to be said of the configuration, one line each. */
  readonly warnings: readonly string[];
}

/** The keys of options, by their names without dashes. */
const KEYS = {
  engine: "translation.engine",
  from: "translation.from",
  to: "translation.to",
  script: "translation.script",
} as const;

/**
 * @param given options that stand on the command line, by their names without dashes.
 * @throws FbtrError CONFIG_INVALID.
 */
export async function translateSettings(
  given: Readonly<Record<string, unknown>>,
  surroundings: Surroundings,
): Promise<TranslateSettings> {
  const flags = Object.entries(KEYS).map(([name, key]) => {
    return { flag: `--${name}`, key, value: given[name] };
  });
  const { config, warnings } = await configOf(surroundings, { flags });
  const settings = { ...settingsFrom(config), distributed: config.distributed };
  const { engine, providers } = settings;
  const { model } = given;
  if (engine === undefined || typeof model !== "string") return { ...settings, warnings };
  const named = { apiKeys: [], ...providers[engine], model };
  return { ...settings, providers: { ...providers, [engine]: named }, warnings };
}

/**
 * What the daemon goes by.
 *
 * @param path file to read instead of the one that is found.
 * @throws FbtrError CONFIG_INVALID.
 */
export async function daemonSettings(
  surroundings: Surroundings,
  path?: string,
): Promise<DaemonSettings> {
  const { config, values, file, exposed } = await configOf(surroundings, { path });
  // A person is warned; a service that runs for months is not.
  if (exposed.length > 0) throw invalidConfig(exposed);
  const { environment, platform, home } = surroundings;
  const folders = userFolders(environment, platform, home);
  const isHostSet = values.some(({ key, source }) => key === "server.host" && source !== "default");
  return {
    file: file ?? join(folders.config, USER_FILES[0]),
    config,
    host: isHostSet ? config.server.host : undefined,
    ...settingsFrom(config),
  };
}

function settingsFrom({ translation }: Config): WorkSettings {
  const { engine, from, to, script, ...work } = translation;
  const providers = providerSettings(translation);
  const limits = {
    maxBatchChars: work.max_batch_chars,
    maxBatchSegments: work.max_batch_segments,
    maxAttempts: work.max_attempts,
    leaseMs: work.lease_timeout * 1000,
    memoryTtlMs: work.memory_ttl * 1000,
    memoryMaxEntries: work.memory_max_entries,
  };
  return { engine, from, to, script, limits, providers };
}
