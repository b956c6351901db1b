import { completedSettings, findOllama } from "./detection.ts";
import type { Provider, ProviderSettings, ProviderSurroundings } from "./providers/provider.ts";
import { OLLAMA, PROVIDERS } from "./providers/providers.ts";
import { missingFor } from "./readiness.ts";
import { chooseEngine, type EngineParts, type Languages } from "./registry.ts";

/** An engine as `fbtr engines list` shows it. */
export interface EngineState {
  readonly name: string;
  readonly title: string;
  readonly priority: number;
  readonly model: string | undefined;
  /** Everything that it needs is known; whether it answers only a call can tell. */
  readonly ready: boolean;
  /** The one that is taken when the user names none. */
  readonly chosen: boolean;
  /** What it still needs, or what is known of it, one line. */
  readonly note: string;
}

/** What a provider still needs; a file that cannot be used is shown, not thrown. */
async function lackOf(
  provider: Provider,
  settings: ProviderSettings | undefined,
  surroundings: ProviderSurroundings,
): Promise<string | undefined> {
  try {
    return await missingFor(provider, settings, surroundings);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What an Ollama on this machine says of itself. */
async function ollamaNote(
  settings: ProviderSettings | undefined,
  surroundings: ProviderSurroundings,
): Promise<string> {
  const host = settings?.baseUrl ?? surroundings.ollamaUrl;
  const found = await findOllama(settings, surroundings);
  if (found === undefined) return `no Ollama answers at ${host}`;
  return `it has ${found.models.map(({ name }) => name).join(", ") || "no models"}`;
}

async function stateOf(
  provider: Provider,
  { providers, surroundings }: EngineParts,
  chosen: string,
): Promise<EngineState> {
  const { name, title, priority } = provider;
  const settings = await completedSettings(name, providers, surroundings);
  const missing = await lackOf(provider, settings, surroundings);
  const isAsked = provider === OLLAMA && settings?.isEnabled !== false;
  const note = isAsked ? await ollamaNote(settings, surroundings) : missing;
  return {
    name,
    title,
    priority,
    model: (settings?.model ?? provider.model) || undefined,
    ready: missing === undefined,
    chosen: name === chosen,
    note: note ?? "",
  };
}

/** Every engine, the best first. Asks an Ollama on this machine for its models, and nobody else. */
export async function engineStates(parts: EngineParts & Languages): Promise<EngineState[]> {
  const chosen = (await chooseEngine({ from: parts.from, to: parts.to }, parts)).name;
  const states = await Promise.all(PROVIDERS.map((provider) => stateOf(provider, parts, chosen)));
  const draft = {
    name: "draft",
    title: "the built-in engine",
    priority: 0,
    model: undefined,
    ready: true,
    chosen: chosen === "draft",
    note: "built in: Russian to Serbian, quick, a draft",
  };
  return [...states, draft];
}
