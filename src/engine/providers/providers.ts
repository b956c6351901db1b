import { AI_SDK_PROVIDERS } from "./ai-sdk-providers.ts";
import { LLAMA } from "./llama.ts";
import { OLLAMA_URL } from "./ollama-address.ts";
import type { Provider } from "./provider.ts";
import { QWEN_BY_LOGIN } from "./qwen-oauth.ts";

/** The server for models on machines of one's own. */
export const OLLAMA: Provider & { readonly baseUrl: string } = {
  name: "ollama",
  title: "Ollama",
  priority: 1,
  needsKey: false,
  keyVariable: undefined,
  baseUrl: OLLAMA_URL,
  model: undefined,
  // A local model works on one request at a time; a second one keeps it from idling between them.
  capacity: 2,
  open: async ({ baseUrl, model }) => {
    const { OllamaModel } = await import("../models/ollama-model.ts");
    return new OllamaModel(baseUrl, model);
  },
};

/** Every provider of language models, in the order in which they are taken unasked. */
export const PROVIDERS: readonly Provider[] = [...AI_SDK_PROVIDERS, QWEN_BY_LOGIN, OLLAMA, LLAMA];
