import {
  choice,
  count,
  integer,
  list,
  number,
  secret,
  seconds,
  text,
  truth,
  type Section,
} from "../field.ts";
import { providers } from "./providers.ts";

const DAY = 24 * 60 * 60;

/** Old configurations call the usual script "default". */
const script = choice(["cyrillic", "latin", "both"], { default: "cyrillic" });

/** Keys that `fbtr translate` goes by. */
const work = {
  engine: text({
    about: "Engine of `fbtr translate`; without it fbtr takes the best there is.",
    sample: "draft",
    env: ["FBTR_ENGINE"],
    isEffective: true,
  }),
  from: text({
    default: "ru",
    about: "Language of the books.",
    env: ["FBTR_FROM"],
    isEffective: true,
  }),
  to: text({
    default: "sr",
    about: "Language to translate to.",
    env: ["FBTR_TO"],
    aliases: ["target_language"],
    isEffective: true,
  }),
  script: script({
    default: "cyrillic",
    about: "Script of a Serbian translation.",
    env: ["FBTR_SCRIPT"],
    aliases: ["script"],
    isEffective: true,
  }),
  max_batch_chars: count({
    default: 4000,
    about: "Characters in one request to an engine; a longer segment goes alone.",
    env: ["FBTR_MAX_BATCH_CHARS"],
    isEffective: true,
  }),
  max_batch_segments: count({
    default: 50,
    about: "Segments in one request to an engine.",
    env: ["FBTR_MAX_BATCH_SEGMENTS"],
    isEffective: true,
  }),
  max_attempts: count({
    default: 3,
    about: "How often a segment may fail before it is flagged.",
    env: ["FBTR_MAX_ATTEMPTS"],
    isEffective: true,
  }),
  lease_timeout: seconds({
    default: 60,
    about: "Seconds that a batch stays with an engine of which nothing is heard.",
    env: ["FBTR_LEASE_TIMEOUT"],
    isEffective: true,
  }),
  memory_ttl: seconds({
    default: 90 * DAY,
    about: "Seconds that a translation is remembered for other books.",
    env: ["FBTR_MEMORY_TTL"],
    isEffective: true,
  }),
  memory_max_entries: count({
    default: 500_000,
    about: "Translations that are remembered on disk; the oldest are forgotten.",
    env: ["FBTR_MEMORY_MAX_ENTRIES"],
    isEffective: true,
  }),
} as const satisfies Section;

export const translation = {
  ...work,
  default_provider: text({
    default: "openai",
    about: "Provider of requests that name none.",
    aliases: ["provider"],
  }),
  default_model: text({
    default: "",
    about: "Model of requests that name none; empty for the provider's own choice.",
    aliases: ["model"],
  }),
  api_key: secret({ about: "Key of the default provider.", aliases: ["api_key"] }),
  temperature: number({ min: 0, max: 2 })({
    about: "How freely models choose words, 0 to 2; a provider's own setting goes before.",
    sample: 0.3,
    aliases: ["temperature"],
    isEffective: true,
  }),
  max_tokens: count({
    about: "Tokens of one answer at most; a provider's own setting goes before.",
    sample: 4096,
    aliases: ["max_tokens"],
    isEffective: true,
  }),
  output_format: text({
    about: "Format of translated books.",
    sample: "fb2",
    aliases: ["output_format"],
  }),
  cache_enabled: truth({ default: true, about: "Whether answers to requests are remembered." }),
  cache_ttl: seconds({ default: 3600, about: "Seconds that an answer is remembered." }),
  max_concurrent: count({
    default: 5,
    about: "Requests under way at the same time at a provider that sets no max_concurrent itself.",
    isEffective: true,
  }),
  max_file_size_mb: count({ about: "Megabytes of an uploaded book at most.", sample: 100 }),
  supported_languages: list({ about: "Languages that the service offers.", sample: ["ru", "sr"] }),
  providers,
} as const satisfies Section;

export const preparation = {
  enabled: truth({
    default: true,
    about: "Whether a book is analysed before it is translated.",
  }),
  pass_count: integer({ min: 1, max: 10 })({ default: 2, about: "Passes of the analysis." }),
  providers: list({
    default: ["deepseek", "anthropic"],
    about: "Providers that analyse, in this order.",
  }),
  analyze_content_type: truth({ default: true, about: "Whether genre and tone are found out." }),
  analyze_characters: truth({ default: true, about: "Whether characters are listed." }),
  analyze_terminology: truth({ default: true, about: "Whether terms are listed." }),
  analyze_culture: truth({ default: true, about: "Whether cultural references are listed." }),
  analyze_chapters: truth({ default: true, about: "Whether each chapter is summed up." }),
  detail_level: text({ default: "standard", about: "How detailed the analysis is." }),
} as const satisfies Section;
