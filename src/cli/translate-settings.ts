import type { Config } from "../config/fields/all.ts";
import type { ProviderSettings } from "../engine/providers/provider.ts";
import type { JobLimits } from "../job/job-limits.ts";
import { configOf, type Surroundings } from "./compose.ts";
import { providerSettings } from "./provider-settings.ts";

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
  surroundings: Surroundings,
): Promise<TranslateSettings> {
  const flags = Object.entries(KEYS).map(([name, key]) => {
    return { flag: `--${name}`, key, value: given[name] };
  });
  const { config, warnings } = await configOf(surroundings, flags);
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
  const named = engine === undefined ? undefined : providers[engine];
  if (engine !== undefined && typeof model === "string") {
    providers[engine] = { apiKeys: [], ...named, model };
  }
  return { engine, from, to, script, limits, providers, warnings };
}
