import {
  MapOf,
  count,
  integer,
  list,
  number,
  secret,
  seconds,
  sha256,
  share,
  text,
  truth,
  url,
  type Section,
} from "../field.ts";

const temperature = number({ min: 0, max: 2 });

const access = {
  enabled: truth({
    about: "Whether the provider may be used.",
    isEffective: true,
    envByEntry: { OLLAMA_ENABLED: "ollama" },
  }),
  api_key: secret({
    about: "Key of the provider.",
    isEffective: true,
    envByEntry: {
      OPENAI_API_KEY: "openai",
      ANTHROPIC_API_KEY: "anthropic",
      ZHIPU_API_KEY: "zhipu",
      DEEPSEEK_API_KEY: "deepseek",
      QWEN_API_KEY: "qwen",
      GEMINI_API_KEY: "gemini",
    },
  }),
  base_url: url({
    about: "Where the provider's API is.",
    isEffective: true,
    sample: "https://api.openai.com/v1",
    aliases: ["translation.providers.*.host", "translation.providers.*.endpoint"],
  }),
  client_id: text({
    about: "Name of fbtr in the provider's OAuth.",
    isEffective: true,
    envByEntry: { QWEN_CLIENT_ID: "qwen" },
  }),
  client_secret: secret({
    about: "Password of fbtr in the provider's OAuth.",
    isEffective: true,
    envByEntry: { QWEN_CLIENT_SECRET: "qwen" },
  }),
  skip_oauth: truth({
    about: "Whether stored OAuth credentials are left alone.",
    isEffective: true,
    envByEntry: { SKIP_QWEN_OAUTH: "qwen" },
  }),
  max_concurrent: count({
    about:
      "Calls at the same time that the provider bears; without it fbtr finds out, up to the general one.",
    isEffective: true,
    sample: 8,
  }),
  requests_per_minute: count({
    about: "Calls of each key in a minute at most.",
    isEffective: true,
    sample: 60,
  }),
  tokens_per_minute: count({
    about: "Tokens of each key in a minute at most, input and output together.",
    isEffective: true,
    sample: 100_000,
  }),
  timeout_seconds: seconds({
    about: "Seconds that the provider may be silent before the call counts as failed.",
    isEffective: true,
    sample: 60,
  }),
} as const satisfies Section;

const model = {
  model: text({
    about: "Model to use.",
    isEffective: true,
    sample: "gpt-4o",
    aliases: ["translation.providers.*.default_model"],
    envByEntry: {
      OPENAI_MODEL: "openai",
      ANTHROPIC_MODEL: "anthropic",
      ZHIPU_MODEL: "zhipu",
      DEEPSEEK_MODEL: "deepseek",
      QWEN_MODEL: "qwen",
      OLLAMA_MODEL: "ollama",
    },
  }),
  models: list({ about: "Models that the provider offers.", sample: ["gpt-4o"] }),
  options: {
    temperature: temperature({
      about: "How freely the model chooses words, 0 to 2.",
      isEffective: true,
      aliases: ["translation.providers.*.temperature"],
      envByEntry: { TEMPERATURE: "llamacpp" },
    }),
    top_p: share({
      about: "Share of the likeliest words that the model chooses from, 0 to 1.",
      isEffective: true,
      aliases: ["translation.providers.*.top_p"],
    }),
    max_tokens: count({
      about: "Tokens of one answer at most.",
      isEffective: true,
      aliases: ["translation.providers.*.max_tokens"],
      envByEntry: { MAX_TOKENS: "llamacpp" },
    }),
  },
} as const satisfies Section;

/** Keys of models that run on this machine. */
const local = {
  binary: text({
    about: "Program of llama.cpp; fbtr needs none, since it runs llama.cpp itself.",
    envByEntry: { LLAMA_BINARY: "llamacpp" },
  }),
  model_path: text({
    about: "File of the model, GGUF.",
    isEffective: true,
    sample: "/models/gemma-3-12b-it-Q4_K_M.gguf",
    envByEntry: { MODEL_PATH: "llamacpp", FBTR_LLAMA_MODEL: "llama" },
  }),
  model_url: url({
    about: "Where `fbtr engines pull` gets the file of the model, if it is not here.",
    isEffective: true,
    sample: "https://example.org/gemma-3-12b-it-Q4_K_M.gguf",
    envByEntry: { FBTR_LLAMA_MODEL_URL: "llama" },
  }),
  model_sha256: sha256({
    about: "Checksum of the file at that URL.",
    isEffective: true,
    sample: "0".repeat(64),
    envByEntry: { FBTR_LLAMA_MODEL_SHA256: "llama" },
  }),
  n_gpu_layers: integer({ min: -1 })({
    about: "Layers of the model that the GPU computes; -1 for all.",
    isEffective: true,
    aliases: ["translation.providers.*.gpu_layers"],
  }),
  n_ctx: count({
    about: "Tokens that the model sees at once.",
    isEffective: true,
    aliases: ["translation.providers.*.context_size"],
    envByEntry: { CONTEXT_SIZE: "llamacpp" },
  }),
  n_threads: count({
    about: "Threads that compute.",
    isEffective: true,
    aliases: ["translation.providers.*.threads"],
    envByEntry: { THREADS: "llamacpp" },
  }),
  batch_size: count({ about: "Tokens that are computed in one step.", isEffective: true }),
} as const satisfies Section;

export const providers = new MapOf("name", { ...access, ...model, ...local });
