import { basename } from "node:path";

import { FbtrError } from "../../base/errors.ts";
import {
  installedLlama,
  LLAMA_VERSION,
  llamaFolder,
  type LlamaInstallation,
} from "../llama/llama-installation.ts";
import { findModel, modelsFolder } from "../llama/model-files.ts";
import type { LocalModelSettings, Provider, ProviderSettings } from "./provider.ts";

/** Room for a batch of the usual size, its translation and the instructions. */
const CONTEXT_TOKENS = 8192;

interface LlamaMeans {
  readonly installation: LlamaInstallation;
  readonly modelPath: string;
}

/** Language models inside this process, by llama.cpp. */
export const LLAMA: Provider = {
  name: "llama",
  title: "llama.cpp inside fbtr",
  priority: 1,
  needsKey: false,
  keyVariable: undefined,
  // Neither an address nor a name is needed: the file is looked for by `lacks`.
  baseUrl: "",
  model: "",
  capacity: 1,
  lacks: async (settings, { stateFolder }) => {
    const means = await meansOf(settings, stateFolder);
    return typeof means === "string" ? means : undefined;
  },
  open: async (access, { stateFolder }) => {
    const settings = { local: access.local, model: access.model || undefined };
    const means = await meansOf(settings, stateFolder);
    if (typeof means === "string") throw new FbtrError("ENGINE_UNKNOWN", `engine llama: ${means}`);
    const { LlamaModel } = await import("../llama/llama-model.ts");
    const { loadLlamaPackage } = await import("../llama/llama-package.ts");
    const { installation, modelPath } = means;
    const llama = await loadLlamaPackage(installation.folder);
    return LlamaModel.open(basename(modelPath), llama, {
      modelPath,
      ...computing(access.local, installation),
    });
  },
};

/** What a model needs on this machine, or what is missing of it. */
async function meansOf(
  settings: Pick<ProviderSettings, "model" | "local"> | undefined,
  stateFolder: string,
): Promise<LlamaMeans | string> {
  const installation = await installedLlama(llamaFolder(stateFolder));
  if (installation === undefined) return "not installed (fbtr engines install llama)";
  const { version } = installation;
  if (version !== LLAMA_VERSION) return `version ${version} is old (fbtr engines install llama)`;
  const found = await findModel(settings, modelsFolder(stateFolder));
  return "lack" in found ? found.lack : { installation, modelPath: found.path };
}

function computing(local: LocalModelSettings | undefined, { isCpuOnly }: LlamaInstallation) {
  const { gpuLayers, threads, batchSize, contextTokens = CONTEXT_TOKENS } = local ?? {};
  const wanted = gpuLayers === -1 ? ("max" as const) : gpuLayers;
  return {
    maxContextTokens: contextTokens,
    gpuLayers: isCpuOnly ? 0 : wanted,
    threads,
    batchSize,
  };
}
