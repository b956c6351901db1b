import { AI_SDK_PROVIDERS } from "./ai-sdk-providers.ts";
import { LLAMA } from "./llama.ts";
import { OLLAMA } from "./ollama.ts";
import type { Provider } from "./provider.ts";
import { QWEN_BY_LOGIN } from "./qwen-oauth.ts";

/** Every provider of language models, in the order in which they are taken unasked. */
export const PROVIDERS: readonly Provider[] = [...AI_SDK_PROVIDERS, QWEN_BY_LOGIN, OLLAMA, LLAMA];
