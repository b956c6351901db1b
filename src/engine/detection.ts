import { largestModel, ollamaModels, type OllamaModelEntry } from "./models/ollama-library.ts";
import type { ProviderSettings, ProviderSurroundings } from "./providers/provider.ts";
import { OLLAMA, PROVIDERS } from "./providers/providers.ts";
import { LLAMA } from "./providers/llama.ts";
import { missingFor } from "./readiness.ts";

/** What the configuration says of providers, by their names. */
export type ProvidersSettings = Readonly<Record<string, ProviderSettings>>;

/** An engine to take where the user names none. */
export interface FoundEngine {
  readonly name: string;
  /** Why this one, one line. */
  readonly reason: string;
}

/** A server on this machine answers at once; one that does not is not waited for. */
const PROBE_MS = 300;

/** An Ollama that answers. */
export interface FoundOllama {
  readonly host: string;
  readonly models: readonly OllamaModelEntry[];
}

/** Asks the Ollama of the configuration, or the one on this machine; undefined if none answers. */
export async function findOllama(
  settings: ProviderSettings | undefined,
  { ollamaUrl }: ProviderSurroundings,
): Promise<FoundOllama | undefined> {
  if (settings?.isEnabled === false) return undefined;
  const host = settings?.baseUrl ?? ollamaUrl;
  return ollamaModels(host, PROBE_MS).then(
    (models) => ({ host, models }),
    // No answer is the usual case: most machines run no Ollama.
    () => undefined,
  );
}

/**
 * The best engine there is: the first provider that the user has set up, else an Ollama that answers
 * and has a model, else llama.cpp inside fbtr if it is installed and has a model, else the engine
 * that is always there.
 */
export async function bestEngine(
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<FoundEngine> {
  return (
    (await setUpEngine(providers, surroundings)) ??
    (await answeringOllama(providers, surroundings)) ??
    (await installedModel(providers, surroundings)) ?? {
      name: "draft",
      reason: "built in, needs no network",
    }
  );
}

async function setUpEngine(
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<FoundEngine | undefined> {
  for (const provider of PROVIDERS) {
    const { name, title, needsKey } = provider;
    const settings = providers[name];
    if (settings === undefined) continue;
    if ((await missingFor(provider, settings, surroundings)) !== undefined) continue;
    return { name, reason: needsKey ? `there is a key for ${title}` : `${title} is set up` };
  }
  return undefined;
}

async function answeringOllama(
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<FoundEngine | undefined> {
  const found = await findOllama(providers[OLLAMA.name], surroundings);
  const model = largestModel(found?.models ?? []);
  if (found === undefined || model === undefined) return undefined;
  const reason = `Ollama answers at ${found.host}, ${model.name} is the largest model it has`;
  return { name: OLLAMA.name, reason };
}

async function installedModel(
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<FoundEngine | undefined> {
  const missing = await missingFor(LLAMA, providers[LLAMA.name], surroundings);
  if (missing !== undefined) return undefined;
  return { name: LLAMA.name, reason: "llama.cpp is installed and has a model" };
}

/**
 * The settings of a provider; where it is Ollama and nobody has said which model, the largest that
 * it has, at the address at which it answered.
 */
export async function completedSettings(
  name: string,
  providers: ProvidersSettings,
  surroundings: ProviderSurroundings,
): Promise<ProviderSettings | undefined> {
  const settings = providers[name];
  if (name !== OLLAMA.name || settings?.model !== undefined) return settings;
  const found = await findOllama(settings, surroundings);
  const model = largestModel(found?.models ?? []);
  if (found === undefined || model === undefined) return settings;
  return { apiKeys: [], ...settings, baseUrl: found.host, model: model.name };
}
