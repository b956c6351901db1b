import { loadConfig } from "../config/load.ts";
import { userFolders } from "../config/folders.ts";
import type { Config } from "../config/fields/all.ts";
import type { ProviderSettings } from "../engine/model-engine.ts";
import type { JobLimits } from "../job/job-limits.ts";
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
  const { engine, from, to, script, ...work } = config.translation;
  const providers = providerSettings(config.translation);
  const limits = {
    maxBatchChars: work.max_batch_chars,
    maxBatchSegments: work.max_batch_segments,
    maxAttempts: work.max_attempts,
    leaseMs: work.lease_timeout * 1000,
    memoryTtlMs: work.memory_ttl * 1000,
    memoryMaxEntries: work.memory_max_entries,
  };
  const { model } = given;
  if (engine !== undefined && typeof model === "string") {
    providers[engine] = {
      ...(providers[engine] ?? settingsOf(undefined, config.translation)),
      model,
    };
  }
  return { engine, from, to, script, limits, providers, warnings };
}

type TranslationConfig = Config["translation"];

/** What is configured of each provider that is not switched off. */
function providerSettings(translation: TranslationConfig): Record<string, ProviderSettings> {
  const enabled = Object.entries(translation.providers).filter(
    ([, { enabled: on }]) => on !== false,
  );
  return Object.fromEntries(
    enabled.map(([name, provider]) => [name, settingsOf(provider, translation)]),
  );
}

/** What a provider goes by; what is said of all providers counts where it says nothing itself. */
function settingsOf(
  provider: TranslationConfig["providers"][string] | undefined,
  all: TranslationConfig,
): ProviderSettings {
  // Several keys stand behind commas.
  const apiKeys = (provider?.api_key?.reveal() ?? "").split(",").map((part) => part.trim());
  const { temperature, top_p: topP, max_tokens: maxTokens } = provider?.options ?? {};
  return {
    apiKeys: apiKeys.filter((part) => part !== ""),
    baseUrl: provider?.base_url,
    model: provider?.model,
    // Who sets the share of words means to go by it alone.
    temperature: temperature ?? (topP === undefined ? all.temperature : undefined),
    topP,
    maxTokens: maxTokens ?? all.max_tokens,
    requestsPerMinute: provider?.requests_per_minute,
    tokensPerMinute: provider?.tokens_per_minute,
    maxConcurrent: provider?.max_concurrent,
    mostConcurrent: all.max_concurrent,
    timeoutSeconds: provider?.timeout_seconds,
  };
}
