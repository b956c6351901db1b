import { largestModel, ollamaModels, type OllamaModelEntry } from "../models/ollama-library.ts";
import { OLLAMA_URL } from "./ollama-address.ts";
import type { Provider, ProviderSettings, ProviderSurroundings } from "./provider.ts";

/** A server on this machine answers at once; one that does not is not waited for. */
const PROBE_MS = 300;

/** The server for models on machines of one's own. */
export const OLLAMA: Provider = {
  name: "ollama",
  title: "Ollama",
  priority: 1,
  needsKey: false,
  keyVariable: undefined,
  baseUrl: OLLAMA_URL,
  model: undefined,
  // A local model works on one request at a time; a second one keeps it from idling between them.
  capacity: 2,
  look: async (settings, surroundings) => {
    const baseUrl = ollamaAddress(settings, surroundings);
    if (settings.model !== undefined) return { settings: { ...settings, baseUrl } };
    const models = await findModels(baseUrl);
    if (models === undefined) return { lack: `no Ollama answers at ${baseUrl}` };
    const model = largestModel(models)?.name;
    if (model === undefined) return { lack: "it has no model that translates (fbtr engines pull)" };
    const reason = `Ollama answers at ${baseUrl}, ${model} is the largest model it has`;
    return { settings: { ...settings, baseUrl, model }, reason };
  },
  open: async ({ baseUrl, model }) => {
    const { OllamaModel } = await import("../models/ollama-model.ts");
    return new OllamaModel(baseUrl, model);
  },
};

const ollamaAddress = (settings: ProviderSettings, { ollamaUrl }: ProviderSurroundings) =>
  settings.baseUrl ?? ollamaUrl;

/** The models of the server; undefined if none answers, as on most machines. */
async function findModels(address: string): Promise<OllamaModelEntry[] | undefined> {
  return ollamaModels(address, PROBE_MS).catch(() => undefined);
}

/** What the server says of itself, one line. */
export async function ollamaNote(
  settings: ProviderSettings,
  surroundings: ProviderSurroundings,
): Promise<string> {
  const address = ollamaAddress(settings, surroundings);
  const models = await findModels(address);
  if (models === undefined) return `no Ollama answers at ${address}`;
  return `it has ${models.map(({ name }) => name).join(", ") || "no models"}`;
}
