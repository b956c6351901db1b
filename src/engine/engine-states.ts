import { ollamaModels } from "./models/ollama-model.ts";
import type { Provider } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { chooseEngine, missingFor, type EngineParts, type Languages } from "./registry.ts";

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

const PROBE_MS = 400;

/** Which models an Ollama on this machine has; undefined if none answers. */
async function localModels(host: string): Promise<readonly string[] | undefined> {
  // No answer is the usual case: most machines run no Ollama.
  return ollamaModels(host, PROBE_MS).catch(() => undefined);
}

async function noteOf(name: string, host: string | undefined, missing: string | undefined) {
  if (name !== "ollama" || host === undefined) return missing ?? "";
  const models = await localModels(host);
  if (models === undefined) return `no Ollama answers at ${host}`;
  return `${missing === undefined ? "" : `${missing}; `}it has ${models.join(", ") || "no models"}`;
}

/** What a provider lacks on this machine; a file that cannot be used is shown, not thrown. */
async function lackOf(provider: Provider): Promise<string | undefined> {
  try {
    return await provider.lacks?.();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Every engine, the best first. Asks an Ollama on this machine for its models, and nobody else. */
export async function engineStates(parts: EngineParts & Languages): Promise<EngineState[]> {
  const chosen = chooseEngine({ from: parts.from, to: parts.to }, parts).name;
  const states = await Promise.all(
    PROVIDERS.map(async (provider) => {
      const { name, title, priority } = provider;
      const settings = parts.providers[name];
      const missing = missingFor(provider, settings) ?? (await lackOf(provider));
      const note = await noteOf(name, settings?.baseUrl ?? provider.baseUrl, missing);
      const model = settings?.model ?? provider.model;
      return {
        name,
        title,
        priority,
        model,
        ready: missing === undefined,
        chosen: name === chosen,
        note,
      };
    }),
  );
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
