import type { ProviderSettings, ProviderSurroundings } from "./providers/provider.ts";
import { LLAMA } from "./providers/llama.ts";
import { OLLAMA } from "./providers/ollama.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { readinessOf } from "./readiness.ts";

/** What the configuration says of providers, by their names. */
export type ProvidersSettings = Readonly<Record<string, ProviderSettings>>;

/** An engine to take where the user names none. */
export interface FoundEngine {
  readonly name: string;
  /** Why this one, one line. */
  readonly reason: string;
  /** Those of the user, completed by what is on this machine; undefined for the draft engine. */
  readonly settings: ProviderSettings | undefined;
}

/** Taken where the user has set up none: they cost nothing, and no book leaves the machine. */
const UNASKED = [OLLAMA, LLAMA];

/**
 * The best engine there is: the first provider that the user has set up, else an Ollama that answers
 * and has a model, else llama.cpp inside fbtr if it is installed and has a model, else the engine
 * that is always there.
 */
export async function bestEngine(
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<FoundEngine> {
  const setUp = PROVIDERS.filter(({ name }) => isSetUp(providers[name]));
  for (const provider of new Set([...setUp, ...UNASKED])) {
    const { name, title, needsKey } = provider;
    const readiness = await readinessOf(provider, providers[name], surroundings);
    if ("lack" in readiness) continue;
    const { settings, reason } = readiness;
    const ownReason = needsKey ? `there is a key for ${title}` : `${title} is set up`;
    return { name, settings, reason: reason ?? ownReason };
  }
  return { name: "draft", reason: "built in, needs no network", settings: undefined };
}

/** Whether the user wants the provider. A number of threads, say, only tells how, if it is taken. */
function isSetUp(settings: ProviderSettings | undefined): boolean {
  if (settings === undefined) return false;
  const { isEnabled, apiKeys, baseUrl, model, login, local } = settings;
  const wishes = [baseUrl, model, login, local?.modelPath, local?.modelUrl];
  return isEnabled || apiKeys.length > 0 || wishes.some((wish) => wish !== undefined);
}
