import { basename } from "node:path";

import { FbtrError } from "../../base/errors.ts";
import {
  installedLlama,
  LLAMA_VERSION,
  llamaFolder,
  type LlamaInstallation,
} from "../llama/llama-installation.ts";
import { findModel, modelsFolder } from "../llama/model-files.ts";
import type { LocalModelSettings, Provider } from "./provider.ts";

/** Room for a batch of the usual size, its translation and the instructions. */
const CONTEXT_TOKENS = 8192;

/** Language models inside this process, by llama.cpp. */
export const LLAMA: Provider = {
  name: "llama",
  title: "llama.cpp inside fbtr",
  priority: 1,
  needsKey: false,
  keyVariable: undefined,
  // It is no server.
  baseUrl: "",
  model: undefined,
  capacity: 1,
  look: async (settings, { stateFolder }) => {
    const installed = await usableInstallation(stateFolder);
    if ("lack" in installed) return installed;
    const found = await findModel(settings, modelsFolder(stateFolder));
    if ("lack" in found) return found;
    const model = basename(found.path);
    return {
      settings: { ...settings, model, local: { ...settings.local, modelPath: found.path } },
      reason: `llama.cpp is installed and has ${model}`,
    };
  },
  open: async ({ model, local = {} }, { stateFolder }) => {
    const installed = await usableInstallation(stateFolder);
    if ("lack" in installed) {
      throw new FbtrError("ENGINE_UNKNOWN", `engine llama is not set up: ${installed.lack}`);
    }
    const { LlamaModel } = await import("../llama/llama-model.ts");
    const { loadLlamaPackage } = await import("../llama/llama-package.ts");
    const llama = await loadLlamaPackage(installed.folder);
    const { modelPath = model } = local;
    return LlamaModel.open(model, llama, { modelPath, ...computing(local, installed) });
  },
};

async function usableInstallation(
  stateFolder: string,
): Promise<LlamaInstallation | { readonly lack: string }> {
  const installation = await installedLlama(llamaFolder(stateFolder));
  if (installation === undefined) return { lack: "not installed (fbtr engines install llama)" };
  const { version } = installation;
  if (version === LLAMA_VERSION) return installation;
  return { lack: `version ${version} is old (fbtr engines install llama)` };
}

/** How the model is computed, as the user says and the installation can. */
function computing(local: LocalModelSettings, { isCpuOnly }: LlamaInstallation) {
  const { gpuLayers, threads, batchSize, contextTokens = CONTEXT_TOKENS } = local;
  const wanted = gpuLayers === -1 ? ("max" as const) : gpuLayers;
  return {
    maxContextTokens: contextTokens,
    gpuLayers: isCpuOnly ? 0 : wanted,
    threads,
    batchSize,
  };
}
