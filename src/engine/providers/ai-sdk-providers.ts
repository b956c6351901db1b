import type { LanguageModelV4 } from "@ai-sdk/provider";

import type { AiSdkModelOptions } from "../models/ai-sdk-model.ts";
import type { ChatModel } from "../models/chat-model.ts";
import type { ModelAccess, Provider } from "./provider.ts";

interface AiSdkFacts extends Omit<Provider, "open" | "priority" | "needsKey" | "capacity"> {
  /** Whether a model holds to a JSON Schema. */
  readonly structured: boolean | ((model: string) => boolean);
  readonly needsKey?: boolean;
  readonly providerOptions?: AiSdkModelOptions["providerOptions"];
}

type OpenLanguageModel = (access: ModelAccess) => Promise<LanguageModelV4>;

/** A provider whose models the AI SDK speaks to; the SDK is loaded when a model is opened. */
function overAiSdk(facts: AiSdkFacts, openLanguageModel: OpenLanguageModel): Provider {
  const { structured, needsKey = true, providerOptions, ...provider } = facts;
  const open = async (access: ModelAccess): Promise<ChatModel> => {
    const { AiSdkModel } = await import("../models/ai-sdk-model.ts");
    const languageModel = await openLanguageModel(access);
    const { name } = provider;
    const { model, apiKey } = access;
    return new AiSdkModel({
      provider: name,
      model,
      structured: typeof structured === "boolean" ? structured : structured(model),
      languageModel,
      providerOptions,
      secrets: () => (apiKey === undefined ? [] : [apiKey]),
    });
  };
  return { ...provider, needsKey, priority: needsKey ? 10 : 1, capacity: 16, open };
}

/** Everything that speaks the protocol of OpenAI's chat completions. */
const openCompatible =
  (name: string, structured: boolean): OpenLanguageModel =>
  async ({ apiKey, baseUrl, model }) => {
    const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
    return createOpenAICompatible({
      name,
      baseURL: baseUrl,
      supportsStructuredOutputs: structured,
      includeUsage: true,
      ...(apiKey !== undefined && { apiKey }),
    })(model);
  };

const openai = overAiSdk(
  {
    name: "openai",
    title: "OpenAI",
    keyVariable: "OPENAI_API_KEY",
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-4.1",
    structured: true,
  },
  async ({ apiKey, baseUrl, model }) => {
    const { createOpenAI } = await import("@ai-sdk/openai");
    return createOpenAI({ baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }) })(model);
  },
);

/** Claude before Sonnet 4.5 and Opus 4.1 knows no answer by a schema. */
const CLAUDE_WITHOUT_SCHEMA = /claude-(?:instant|[123]\b|(?:opus|sonnet)-4-(?:0|20250514)\b)/;

const anthropic = overAiSdk(
  {
    name: "anthropic",
    title: "Anthropic",
    keyVariable: "ANTHROPIC_API_KEY",
    baseUrl: "https://api.anthropic.com/v1",
    model: "claude-sonnet-4-5",
    structured: (model) => !CLAUDE_WITHOUT_SCHEMA.test(model),
    // Otherwise the SDK makes a model that it does not know answer by a tool, and holds the answer
    // back until it is complete.
    providerOptions: { anthropic: { structuredOutputMode: "outputFormat" } },
  },
  async ({ apiKey, baseUrl, model }) => {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    return createAnthropic({ baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }) })(model);
  },
);

const deepseek = overAiSdk(
  {
    name: "deepseek",
    title: "DeepSeek",
    keyVariable: "DEEPSEEK_API_KEY",
    baseUrl: "https://api.deepseek.com",
    model: "deepseek-chat",
    // It gives JSON, but holds to no schema.
    structured: false,
  },
  async ({ apiKey, baseUrl, model }) => {
    const { createDeepSeek } = await import("@ai-sdk/deepseek");
    return createDeepSeek({ baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }) })(model);
  },
);

const gemini = overAiSdk(
  {
    name: "gemini",
    title: "Google Gemini",
    keyVariable: "GEMINI_API_KEY",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    model: "gemini-2.5-pro",
    structured: true,
  },
  async ({ apiKey, baseUrl, model }) => {
    const { createGoogleGenerativeAI } = await import("@ai-sdk/google");
    const settings = { baseURL: baseUrl, ...(apiKey !== undefined && { apiKey }) };
    return createGoogleGenerativeAI(settings)(model);
  },
);

const zhipu = overAiSdk(
  {
    name: "zhipu",
    title: "Zhipu (GLM)",
    keyVariable: "ZHIPU_API_KEY",
    baseUrl: "https://open.bigmodel.cn/api/paas/v4",
    model: "glm-4.6",
    structured: false,
  },
  openCompatible("zhipu", false),
);

const qwen = overAiSdk(
  {
    name: "qwen",
    title: "Qwen",
    keyVariable: "QWEN_API_KEY",
    baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    model: "qwen-plus",
    structured: false,
  },
  openCompatible("qwen", false),
);

const compatible = overAiSdk(
  {
    name: "openai-compatible",
    title: "any server that speaks OpenAI's protocol (llama.cpp, vLLM, LM Studio)",
    keyVariable: undefined,
    baseUrl: undefined,
    model: undefined,
    structured: false,
    needsKey: false,
  },
  openCompatible("openai-compatible", false),
);

/** In the order in which they are taken when the user names none. */
export const AI_SDK_PROVIDERS: readonly Provider[] = [
  openai,
  anthropic,
  gemini,
  deepseek,
  zhipu,
  qwen,
  compatible,
];
