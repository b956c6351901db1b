import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Budget, BudgetedModel } from "../../../../src/engine/cost/budget.ts";
import { costOf, parsePrices, priceOf } from "../../../../src/engine/cost/prices.ts";
import type { ChatEvent, ChatModel, Usage } from "../../../../src/engine/models/chat-model.ts";

const PRICE = { input: 1, cachedInput: 0.1, output: 10 };
const REQUEST = { instructions: "да".repeat(50), prompt: "не".repeat(50), maxOutputTokens: 100 };
const { signal } = new AbortController();

function modelWith(usage: Usage | undefined, text = "да"): ChatModel {
  return {
    provider: "p",
    model: "m",
    structured: false,
    async *stream(): AsyncGenerator<ChatEvent> {
      yield { type: "text", text };
      if (usage === undefined) throw new Error("broken off");
      yield { type: "end", finish: "stop", usage };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function ask(model: ChatModel): Promise<void> {
  for await (const event of model.stream(REQUEST, signal)) void event;
}

describe("a price", () => {
  it("is found by the beginning of the model's name, the longest first", () => {
    expect(priceOf("openai", "gpt-4.1-mini-2025-04-14")).toEqual(priceOf("openai", "gpt-4.1-mini"));
    expect(priceOf("openai", "gpt-4.1")?.output).toBe(8);
    expect(priceOf("openai", "unheard-of")).toBeUndefined();
    expect(priceOf("ollama", "whatever")?.output).toBe(0);
    expect(priceOf("openai", "gpt-4.1", { "openai/gpt-4.1": PRICE })).toEqual(PRICE);
  });

  it("counts cached input less", () => {
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 500_000, outputTokens: 100_000 };
    expect(costOf(usage, PRICE)).toBeCloseTo(0.5 + 0.05 + 1);
  });

  it("that is incomplete is refused with its name", () => {
    expect(() => parsePrices('{"openai/x": {"input": 1}}', "p.json")).toThrow(
      "p.json: the price of openai/x is incomplete",
    );
    expect(() => parsePrices("nonsense", "p.json")).toThrow("p.json: it is not JSON");
  });
});

describe("a budget", () => {
  it("is never exceeded, whatever the calls cost", async () => {
    const calls = fc.array(fc.nat(100), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(calls, async (outputs) => {
        const budget = new Budget(0.005);
        const failures: unknown[] = [];
        for (const outputTokens of outputs) {
          const usage = { inputTokens: 100, cachedInputTokens: 0, outputTokens };
          const model = new BudgetedModel(modelWith(usage), budget, PRICE);
          await ask(model).catch((error: unknown) => failures.push(error));
        }
        for (const failure of failures) {
          expect(failure).toMatchObject({ code: "ENGINE_BUDGET_SPENT" });
        }
        expect(budget.spent).toBeLessThanOrEqual(0.005);
      }),
    );
  });

  it("counts a call that broke off by what was sent and seen", async () => {
    const budget = new Budget();
    const broken = new BudgetedModel(modelWith(undefined), budget, PRICE);
    await expect(ask(broken)).rejects.toThrow("broken off");
    expect(budget.spent).toBeGreaterThan(0.0001);
  });
});
