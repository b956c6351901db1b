import { readFile } from "node:fs/promises";

import { FbtrError } from "../base/errors.ts";
import { Budget } from "../engine/cost/budget.ts";
import { parsePrices, type PriceList } from "../engine/cost/prices.ts";
import type { Money } from "../engine/model-engine.ts";

async function pricesIn(path: string): Promise<PriceList> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new FbtrError("CONFIG_INVALID", `Cannot read the prices in ${path}`, {
      hint: "Check the path of --prices.",
      cause,
    });
  }
  return parsePrices(text, path);
}

/**
 * What the options say about money.
 *
 * @throws FbtrError USAGE_INVALID, CONFIG_INVALID.
 */
export async function moneyOf(options: {
  readonly maxCost?: string | undefined;
  readonly prices?: string | undefined;
}): Promise<Money> {
  const maxCost = options.maxCost === undefined ? undefined : Number(options.maxCost);
  if (maxCost !== undefined && !(maxCost >= 0)) {
    throw new FbtrError("USAGE_INVALID", `Expected --max-cost in dollars, got ${options.maxCost}`, {
      hint: "For example --max-cost 2.50.",
    });
  }
  const prices = options.prices === undefined ? {} : await pricesIn(options.prices);
  return { budget: new Budget(maxCost), prices, maxCost };
}
