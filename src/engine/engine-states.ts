import { OLLAMA, ollamaNote } from "./providers/ollama.ts";
import type { Provider, Readiness } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { readinessOf } from "./readiness.ts";
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

/** What it still needs, too, is a file that is there and cannot be used: shown, not thrown. */
async function shownReadiness(
  provider: Provider,
  { providers, surroundings }: EngineParts,
): Promise<Readiness> {
  return readinessOf(provider, providers[provider.name], surroundings).catch((error: unknown) => {
    return { lack: error instanceof Error ? error.message : String(error) };
  });
}

async function stateOf(
  provider: Provider,
  parts: EngineParts,
  chosen: string,
): Promise<EngineState> {
  const { name, title, priority } = provider;
  const readiness = await shownReadiness(provider, parts);
  const state = { name, title, priority, chosen: name === chosen };
  if ("lack" in readiness) {
    const model = parts.providers[name]?.model ?? provider.model;
    return { ...state, model, ready: false, note: readiness.lack };
  }
  const { settings } = readiness;
  const note = provider === OLLAMA ? await ollamaNote(settings, parts.surroundings) : "";
  return { ...state, model: settings.model ?? provider.model, ready: true, note };
}

/** Every engine, the best first. Asks an Ollama for its models, and nobody else. */
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
