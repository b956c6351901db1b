import { largestModel, ollamaModels, type OllamaModelEntry } from "../models/ollama-library.ts";
import { OLLAMA_URL } from "./ollama-address.ts";
import type { Provider, ProviderSettings, ProviderSurroundings } from "./provider.ts";

/** A server on this machine answers at once, and most machines have none. */
const UNASKED_PROBE_MS = 300;
/** One that the user has set up may be far away, or busy. */
const WANTED_PROBE_MS = 3000;

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
  look: async (settings, { ollamaUrl }) => {
    const { baseUrl = ollamaUrl } = settings;
    if (settings.model !== undefined) return { settings: { ...settings, baseUrl } };
    const models = await findModels(settings, baseUrl);
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

/** The models of the server; undefined if none answers, as on most machines. */
async function findModels(
  { baseUrl, isEnabled }: ProviderSettings,
  address: string,
): Promise<OllamaModelEntry[] | undefined> {
  const isWanted = baseUrl !== undefined || isEnabled === true;
  const probeMs = isWanted ? WANTED_PROBE_MS : UNASKED_PROBE_MS;
  return ollamaModels(address, probeMs).catch(() => undefined);
}

/** What the server says of itself, one line. */
export async function ollamaNote(
  settings: ProviderSettings,
  { ollamaUrl }: ProviderSurroundings,
): Promise<string> {
  const { baseUrl = ollamaUrl } = settings;
  const models = await findModels(settings, baseUrl);
  if (models === undefined) return `no Ollama answers at ${baseUrl}`;
  return `it has ${models.map(({ name }) => name).join(", ") || "no models"}`;
}
