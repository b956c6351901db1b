import type { Clock } from "../base/clock.ts";
import { LoopDetector } from "../language/loop-detector.ts";
import { ModelTranslator } from "./dialogue/model-translator.ts";
import type { LanguagePair } from "./dialogue/prompt.ts";
import { DEFAULT_LIMITS, LimitedModel, systemLimitServices } from "./limits/limited-model.ts";
import type { Provider } from "./providers/provider.ts";
import type { Translator } from "./translator.ts";

/** What the user has said of a provider. */
export interface ProviderSettings {
  /** Keys in plain text, each with limits of its own; none for endpoints that ask for none. */
  readonly apiKeys: readonly string[];
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  /** 0 to 2. */
  readonly temperature?: number | undefined;
  /** Seconds to wait for the first sign of an answer. */
  readonly timeoutSeconds?: number | undefined;
}

const FIRST_SIGN_MS = 180_000;
const IDLE_MS = 60_000;

/** Translating wants the likeliest words, not the most surprising ones. */
const TEMPERATURE = 0.2;

/**
 * A provider's model as a translator: asked within the limits of its endpoint, by the dialogue that
 * it understands.
 *
 * @param hasFallback another engine steps in when this one cannot be had, so it is not waited for.
 */
export async function openModelEngine(
  provider: Provider,
  settings: ProviderSettings,
  languages: LanguagePair,
  clock: Clock,
  hasFallback: boolean,
): Promise<Translator> {
  const baseUrl = settings.baseUrl ?? provider.baseUrl ?? "";
  const model = settings.model ?? provider.model ?? "";
  const keys = settings.apiKeys.length > 0 ? settings.apiKeys : [undefined];
  const models = await Promise.all(keys.map((apiKey) => provider.open({ apiKey, baseUrl, model })));
  const limits = {
    ...DEFAULT_LIMITS,
    concurrency: { initial: Math.min(4, provider.capacity), max: provider.capacity },
    ...(hasFallback && { maxWaitMs: 20_000 }),
  };
  const { temperature = TEMPERATURE, timeoutSeconds } = settings;
  const firstMs = timeoutSeconds === undefined ? FIRST_SIGN_MS : timeoutSeconds * 1000;
  return new ModelTranslator(new LimitedModel(models, limits, systemLimitServices(clock)), {
    languages,
    priority: provider.priority,
    capacity: provider.capacity,
    temperature,
    watch: { firstMs, idleMs: IDLE_MS },
    loopWatch: () => new LoopDetector(),
  });
}
