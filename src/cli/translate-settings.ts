import { join } from "node:path";

import { USER_FILES } from "../config/config-file.ts";
import { loadConfig } from "../config/load.ts";
import { userFolders } from "../config/folders.ts";
import type { Config } from "../config/fields/all.ts";
import type { ProviderSettings } from "../engine/model-engine.ts";
import type { JobLimits } from "../job/job-limits.ts";
import type { DaemonSettings } from "../server/settings.ts";
import type { Surroundings } from "./compose.ts";

/** What `fbtr translate` goes by, whether an option, a variable or the file says it. */
export interface TranslateSettings {
  readonly engine: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly script: Config["translation"]["script"];
  readonly limits: JobLimits;
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  /** What is to be said of the configuration, one line each. */
  readonly warnings: readonly string[];
}

/**
 * What the daemon goes by.
 *
 * @param path file to read instead of the one that is found.
 * @throws FbtrError CONFIG_INVALID.
 */
export async function daemonSettings(
  { environment, platform, home }: Surroundings,
  path?: string,
): Promise<DaemonSettings> {
  const folders = userFolders(environment, platform, home);
  const request = { environment, cwd: process.cwd(), folders, path };
  const { config, values, file = join(folders.config, USER_FILES[0]) } = await loadConfig(request);
  const isHostSet = values.some(({ key, source }) => key === "server.host" && source !== "default");
  const host = isHostSet ? config.server.host : undefined;
  return { file, config, host, ...settingsFrom(config) };
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
  { environment, platform, home }: Surroundings,
): Promise<TranslateSettings> {
  const { config, warnings } = await loadConfig({
    environment,
    cwd: process.cwd(),
    folders: userFolders(environment, platform, home),
    flags: Object.entries(KEYS).map(([name, key]) => {
      return { flag: `--${name}`, key, value: given[name] };
    }),
  });
  const settings = settingsFrom(config);
  const { engine, providers } = settings;
  const { model } = given;
  const named = engine === undefined ? undefined : providers[engine];
  if (engine !== undefined && typeof model === "string") {
    providers[engine] = { apiKeys: [], ...named, model };
  }
  return { ...settings, warnings };
}

function settingsFrom({ translation }: Config) {
  const { engine, from, to, script, ...work } = translation;
  const limits = {
    maxBatchChars: work.max_batch_chars,
    maxBatchSegments: work.max_batch_segments,
    maxAttempts: work.max_attempts,
    leaseMs: work.lease_timeout * 1000,
    memoryTtlMs: work.memory_ttl * 1000,
    memoryMaxEntries: work.memory_max_entries,
  };
  return { engine, from, to, script, limits, providers: providerSettings(work.providers) };
}

/** What is configured of each provider that is not switched off; several keys stand behind commas. */
function providerSettings(
  configured: Config["translation"]["providers"],
): Record<string, ProviderSettings> {
  const enabled = Object.entries(configured).filter(([, { enabled: on }]) => on !== false);
  return Object.fromEntries(enabled.map(([name, provider]) => [name, settingsOf(provider)]));
}

function settingsOf({
  api_key: key,
  base_url: baseUrl,
  model,
  options,
  max_concurrent: maxConcurrent,
  requests_per_minute: requestsPerMinute,
  tokens_per_minute: tokensPerMinute,
  timeout_seconds: timeoutSeconds,
}: Config["translation"]["providers"][string]): ProviderSettings {
  const apiKeys = (key?.reveal() ?? "").split(",").map((part) => part.trim());
  return {
    apiKeys: apiKeys.filter((part) => part !== ""),
    baseUrl,
    model,
    temperature: options.temperature,
    topP: options.top_p,
    maxTokens: options.max_tokens,
    requestsPerMinute,
    tokensPerMinute,
    maxConcurrent,
    timeoutSeconds,
  };
}
