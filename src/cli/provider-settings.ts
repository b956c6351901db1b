import type { Config } from "../config/fields/all.ts";
import type {
  LocalModelSettings,
  LoginSettings,
  ProviderSettings,
} from "../engine/providers/provider.ts";
import { PROVIDERS } from "../engine/providers/providers.ts";

type TranslationConfig = Config["translation"];
type ProviderConfig = TranslationConfig["providers"][string];

/** What is configured of each provider, by the names of engines. */
export function providerSettings(translation: TranslationConfig): Record<string, ProviderSettings> {
  const settings = Object.fromEntries(
    Object.entries(translation.providers).map(([name, provider]) => [name, settingsOf(provider)]),
  );
  return withGeneralSettings(withQwenLogin(withEarlierLlama(settings)), translation);
}

/** Several keys stand behind commas. */
function settingsOf(provider: ProviderConfig): ProviderSettings {
  const { api_key: key, base_url: baseUrl, enabled: isEnabled, model, options } = provider;
  const apiKeys = (key?.reveal() ?? "").split(",").map((part) => part.trim());
  return {
    isEnabled,
    apiKeys: apiKeys.filter((part) => part !== ""),
    baseUrl,
    model,
    temperature: options.temperature,
    topP: options.top_p,
    maxTokens: options.max_tokens,
    requestsPerMinute: provider.requests_per_minute,
    tokensPerMinute: provider.tokens_per_minute,
    maxConcurrent: provider.max_concurrent,
    timeoutSeconds: provider.timeout_seconds,
    login: loginOf(provider),
    local: localOf(provider),
  };
}

function loginOf(provider: ProviderConfig): LoginSettings | undefined {
  const { client_id: clientId, client_secret: secret, skip_oauth: skip } = provider;
  if ([clientId, secret, skip].every((value) => value === undefined)) return undefined;
  return { clientId, clientSecret: secret?.reveal(), isSkipped: skip ?? false };
}

const localOf = (provider: ProviderConfig): LocalModelSettings => ({
  modelPath: provider.model_path,
  modelUrl: provider.model_url,
  modelSha256: provider.model_sha256,
  contextTokens: provider.n_ctx,
  threads: provider.n_threads,
  gpuLayers: provider.n_gpu_layers,
  batchSize: provider.batch_size,
});

/**
 * The system before fbtr called llama.cpp so and had it answer at an address, under a name: of that
 * the file and how it is computed are of use.
 */
function withEarlierLlama(
  settings: Record<string, ProviderSettings>,
): Record<string, ProviderSettings> {
  const { llamacpp, llama, ...others } = settings;
  if (llamacpp === undefined) return settings;
  const local = { ...llamacpp.local, ...definedIn(llama?.local ?? {}) };
  const earlier = { ...llamacpp, baseUrl: undefined, model: undefined };
  return { ...others, llama: { ...earlier, ...definedIn(llama ?? {}), local } };
}

/** What is said of Qwen's OAuth stands beside its key, and belongs to an engine of its own. */
function withQwenLogin(
  settings: Record<string, ProviderSettings>,
): Record<string, ProviderSettings> {
  const { login, model } = settings["qwen"] ?? {};
  if (login === undefined && model === undefined) return settings;
  const name = "qwen-oauth";
  return { ...settings, [name]: { apiKeys: [], model, ...definedIn(settings[name] ?? {}), login } };
}

/**
 * What is said of all providers counts where one says nothing itself, and for those too of which
 * nothing is said, such as an Ollama that is found.
 */
function withGeneralSettings(
  settings: Record<string, ProviderSettings>,
  all: TranslationConfig,
): Record<string, ProviderSettings> {
  const names = new Set([...PROVIDERS.map(({ name }) => name), ...Object.keys(settings)]);
  const completed = [...names].map((name): [string, ProviderSettings] => {
    const own = settings[name] ?? { apiKeys: [] };
    // Who sets the share of words means to go by it alone.
    const temperature = own.topP === undefined ? all.temperature : undefined;
    return [
      name,
      {
        ...own,
        temperature: own.temperature ?? temperature,
        maxTokens: own.maxTokens ?? all.max_tokens,
        mostConcurrent: all.max_concurrent,
      },
    ];
  });
  return Object.fromEntries(completed);
}

function definedIn<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
