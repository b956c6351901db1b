import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest, Usage } from "../models/chat-model.ts";
import { ModelDecorator } from "../models/model-decorator.ts";
import { costOf, type Price } from "./prices.ts";

/** Characters of Cyrillic that make a token, at the least and at the most, in today's tokenizers. */
const CHARS_A_TOKEN = { least: 1.6, most: 3.2 };

/** Tokens that a text may have, in the worst case. */
const tokensAtMost = (chars: number) => Math.ceil(chars / CHARS_A_TOKEN.least);

/** A range of tokens, or of money. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Tokens of a text of so many characters. */
export function tokensOf(chars: number): Range {
  return { least: Math.ceil(chars / CHARS_A_TOKEN.most), most: tokensAtMost(chars) };
}

/** The money of one run, whatever engines spend it. */
export class Budget {
  /** US dollars; undefined: no limit. */
  readonly #limit: number | undefined;
  #spent = 0;
  /** The worst case of calls under way. */
  #reserved = 0;

  constructor(limit?: number) {
    this.#limit = limit;
  }

  /** US dollars. */
  get spent(): number {
    return this.#spent;
  }

  /** @throws FbtrError ENGINE_BUDGET_SPENT if the call could cost more than is left. */
  reserve(worstCase: number): void {
    if (this.#limit !== undefined && this.#spent + this.#reserved + worstCase > this.#limit) {
      const spent = this.#spent.toFixed(2);
      throw new FbtrError(
        "ENGINE_BUDGET_SPENT",
        `the next call could exceed the budget of $${this.#limit} ($${spent} is spent)`,
        { hint: "What is translated is saved: the same command with a higher --max-cost goes on." },
      );
    }
    this.#reserved += worstCase;
  }

  /** The call is over, well or not, and has cost so much. */
  settle(worstCase: number, cost: number): void {
    this.#reserved -= worstCase;
    this.#spent += cost;
  }
}

/**
 * A model that spends from a budget: a call is made only if its worst case is still there, so that
 * the limit is never exceeded. A call that fails counts with its input.
 */
export class BudgetedModel extends ModelDecorator {
  readonly #budget: Budget;
  readonly #price: Price;

  constructor(model: ChatModel, budget: Budget, price: Price) {
    super(model);
    this.#budget = budget;
    this.#price = price;
  }

  /** @throws FbtrError ENGINE_BUDGET_SPENT before the call; what the model throws. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const input = tokensAtMost(request.instructions.length + request.prompt.length);
    const worst = this.#costOf(input, request.maxOutputTokens);
    this.#budget.reserve(worst);
    let chars = 0;
    let usage: Usage | undefined;
    try {
      for await (const event of this.inner.stream(request, signal)) {
        if (event.type === "text") chars += event.text.length;
        if (event.type === "end") usage = event.usage;
        yield event;
      }
    } finally {
      // A provider that counts nothing, or whose answer broke off, is counted by what was seen.
      const counted = usage?.inputTokens !== undefined && usage.outputTokens !== undefined;
      const cost =
        counted && usage ? costOf(usage, this.#price) : this.#costOf(input, tokensAtMost(chars));
      this.#budget.settle(worst, cost);
    }
  }

  #costOf(inputTokens: number, outputTokens: number): number {
    return costOf({ inputTokens, cachedInputTokens: 0, outputTokens }, this.#price);
  }
}
