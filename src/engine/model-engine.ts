import type { Clock } from "../base/clock.ts";
import { FbtrError } from "../base/errors.ts";
import { LoopDetector } from "../language/checks/degeneration.ts";
import { BudgetedModel, type Budget } from "./cost/budget.ts";
import { priceOf, type Price, type PriceList } from "./cost/prices.ts";
import { ModelTranslator } from "./dialogue/model-translator.ts";
import type { LanguagePair } from "./dialogue/prompt.ts";
import { IMPATIENT } from "./limits/endpoint-health.ts";
import {
  DEFAULT_LIMITS,
  LimitedModel,
  systemLimitServices,
  type EndpointLimits,
  type LimitServices,
} from "./limits/limited-model.ts";
import { TimedModel, type SilenceLimits } from "./limits/timed-model.ts";
import { perMinute } from "./limits/token-bucket.ts";
import type { Provider, ProviderSettings, ProviderSurroundings } from "./providers/provider.ts";
import type { Translator } from "./translator.ts";

const FIRST_SIGN_MS = 180_000;
const IDLE_MS = 60_000;

/** Calls at the same time to begin with where nobody has said what the endpoint bears. */
const CAREFUL_START = 4;
/**
 * Batches for each call under way. For each answer that is being checked and saved another request
 * is ready, and goes out at the moment in which the answer is complete; the endpoint would else idle.
 */
const BATCHES_A_CALL = 2;

/** Translating wants the likeliest words, not the most surprising ones. */
const TEMPERATURE = 0.2;

/** What a run may spend, and the prices that the user knows better. */
export interface Money {
  readonly budget: Budget;
  readonly prices: PriceList;
  /** US dollars; undefined: no limit. */
  readonly maxCost: number | undefined;
}

export interface ModelEngineServices {
  readonly clock: Clock;
  /** Another engine steps in when this one cannot be had, so it is not waited for. */
  readonly hasFallback: boolean;
  readonly money: Money | undefined;
  readonly surroundings: ProviderSurroundings;
  /** How the limits of the endpoint wait. @default the machine's timers and chance */
  readonly waiting?: Omit<LimitServices, "clock">;
}

function priceFor(provider: string, model: string, money: Money | undefined): Price | undefined {
  const price = priceOf(provider, model, money?.prices);
  if (price === undefined && money?.maxCost !== undefined) {
    throw new FbtrError("CONFIG_INVALID", `nobody has said what ${provider}/${model} costs`, {
      hint: "Give its price with --prices, or leave --max-cost out.",
    });
  }
  return price;
}

/**
 * A provider's model as a translator: asked within the limits of its endpoint, by the dialogue that
 * it understands.
 *
 * @throws FbtrError CONFIG_INVALID if spending is limited and nobody knows what the model costs.
 */
export async function openModelEngine(
  provider: Provider,
  settings: ProviderSettings,
  languages: LanguagePair,
  { clock, hasFallback, money, surroundings, waiting }: ModelEngineServices,
): Promise<Translator> {
  const { login, local } = settings;
  const baseUrl = settings.baseUrl ?? provider.baseUrl ?? "";
  const model = settings.model ?? provider.model ?? "";
  const keys = settings.apiKeys.length > 0 ? settings.apiKeys : [undefined];
  const price = priceFor(provider.name, model, money);
  const models = await Promise.all(
    keys.map(async (apiKey) => {
      const opened = await provider.open({ apiKey, baseUrl, model, login, local }, surroundings);
      const paid = money && price ? new BudgetedModel(opened, money.budget, price) : opened;
      return new TimedModel(paid, silenceLimitsOf(settings));
    }),
  );
  const limits = limitsOf(settings, provider.capacity, hasFallback);
  const services = { ...systemLimitServices(clock), ...waiting };
  const { topP, maxTokens } = settings;
  // Who sets the one means to go by it alone: providers advise against both, or refuse them.
  const temperature = settings.temperature ?? (topP === undefined ? TEMPERATURE : undefined);
  return new ModelTranslator(new LimitedModel(models, limits, services), {
    languages,
    priority: provider.priority,
    capacity: Math.ceil(limits.concurrency.max * BATCHES_A_CALL),
    ...(temperature !== undefined && { temperature }),
    topP,
    maxOutputTokens: maxTokens,
    loopWatch: (source) => new LoopDetector(source),
  });
}

function silenceLimitsOf({ timeoutSeconds }: ProviderSettings): SilenceLimits {
  const firstMs = timeoutSeconds === undefined ? FIRST_SIGN_MS : timeoutSeconds * 1000;
  return { firstMs, idleMs: Math.min(IDLE_MS, firstMs) };
}

/** What the user has said of the endpoint, and what is sensible for the rest. */
function limitsOf(
  { maxConcurrent, mostConcurrent = Infinity, ...rates }: ProviderSettings,
  capacity: number,
  hasFallback: boolean,
): EndpointLimits {
  const { requestsPerMinute, tokensPerMinute } = rates;
  const max = maxConcurrent ?? Math.min(capacity, mostConcurrent);
  return {
    ...DEFAULT_LIMITS,
    concurrency: { initial: maxConcurrent ?? Math.min(CAREFUL_START, max), max },
    ...(hasFallback && { patience: IMPATIENT }),
    ...(requestsPerMinute !== undefined && { requestRate: perMinute(requestsPerMinute) }),
    ...(tokensPerMinute !== undefined && { tokenRate: perMinute(tokensPerMinute) }),
  };
}
