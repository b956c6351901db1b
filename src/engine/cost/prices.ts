import { FbtrError } from "../../base/errors.ts";
import type { Usage } from "../models/chat-model.ts";

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  /** Input that the provider took from its cache. */
  readonly cachedInput: number;
  readonly output: number;
}

/** Prices by `provider/model`; a model whose name goes on is the same (gpt-4.1-2025-04-14). */
export type PriceList = Readonly<Record<string, Price>>;

/** What the list below knows ends here: prices change, and `--prices` takes newer ones. */
export const PRICES_OF = "2025-11";

const LISTED: PriceList = {
  "openai/gpt-4.1": { input: 2, cachedInput: 0.5, output: 8 },
  "openai/gpt-4.1-mini": { input: 0.4, cachedInput: 0.1, output: 1.6 },
  "openai/gpt-4o": { input: 2.5, cachedInput: 1.25, output: 10 },
  "openai/gpt-4o-mini": { input: 0.15, cachedInput: 0.075, output: 0.6 },
  "anthropic/claude-sonnet-4": { input: 3, cachedInput: 0.3, output: 15 },
  "anthropic/claude-haiku-4": { input: 1, cachedInput: 0.1, output: 5 },
  "gemini/gemini-2.5-pro": { input: 1.25, cachedInput: 0.31, output: 10 },
  "gemini/gemini-2.5-flash": { input: 0.3, cachedInput: 0.075, output: 2.5 },
  "deepseek/deepseek-chat": { input: 0.28, cachedInput: 0.028, output: 0.42 },
  "zhipu/glm-4.6": { input: 0.6, cachedInput: 0.11, output: 2.2 },
  "qwen/qwen-plus": { input: 0.4, cachedInput: 0.4, output: 1.2 },
};

const FREE: Price = { input: 0, cachedInput: 0, output: 0 };
/** Run by the user: they cost nothing but electricity. */
const FREE_PROVIDERS = new Set(["ollama", "openai-compatible", "draft"]);

/** What a model costs; undefined if nobody has said. */
export function priceOf(provider: string, model: string, own: PriceList = {}): Price | undefined {
  const name = `${provider}/${model}`;
  const list = { ...LISTED, ...own };
  const key = Object.keys(list)
    .filter((listed) => name.startsWith(listed))
    .sort((one, other) => other.length - one.length)[0];
  if (key !== undefined) return list[key];
  return FREE_PROVIDERS.has(provider) ? FREE : undefined;
}

const MILLION = 1_000_000;

/** US dollars of one call. What the provider does not count costs nothing here. */
export function costOf(
  { inputTokens = 0, cachedInputTokens = 0, outputTokens = 0 }: Usage,
  price: Price,
): number {
  const fresh = Math.max(0, inputTokens - cachedInputTokens);
  const sum =
    fresh * price.input + cachedInputTokens * price.cachedInput + outputTokens * price.output;
  return sum / MILLION;
}

const isPrice = (value: unknown): value is Price =>
  typeof value === "object" &&
  value !== null &&
  ["input", "cachedInput", "output"].every(
    (name) => typeof (value as Record<string, unknown>)[name] === "number",
  );

/**
 * Reads a price list of the user's: `{"openai/gpt-5": {"input": 1, "cachedInput": 0.1, "output": 8}}`.
 *
 * @throws FbtrError CONFIG_INVALID that names the entry.
 */
export function parsePrices(text: string, fileName: string): PriceList {
  const faulty = (what: string, cause?: unknown) =>
    new FbtrError("CONFIG_INVALID", `${fileName}: ${what}`, {
      hint: 'A price is {"input", "cachedInput", "output"} in US dollars for a million tokens.',
      cause,
    });
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw faulty("it is not JSON", cause);
  }
  if (typeof list !== "object" || list === null) throw faulty("it is no list of prices");
  for (const [name, price] of Object.entries(list)) {
    if (!isPrice(price)) throw faulty(`the price of ${name} is incomplete`);
  }
  return list as PriceList;
}
