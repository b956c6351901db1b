import { describe, expect, it } from "vitest";

import { yieldToEventLoop } from "../../../../src/base/abort.ts";
import { FbtrError, type ErrorCode } from "../../../../src/base/errors.ts";
import { IMPATIENT } from "../../../../src/engine/limits/endpoint-health.ts";
import {
  DEFAULT_LIMITS,
  LimitedModel,
  type EndpointLimits,
} from "../../../../src/engine/limits/limited-model.ts";
import { perMinute } from "../../../../src/engine/limits/token-bucket.ts";
import type { ChatEvent, ChatModel } from "../../../../src/engine/models/chat-model.ts";

const REQUEST = { instructions: "", prompt: "", maxOutputTokens: 10 };
const USAGE = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 };
const { signal } = new AbortController();

type Turn = ErrorCode | "answer" | "cut";

/** A model that does on each call what its script says next, and counts its calls. */
function scripted(script: readonly Turn[], retryAfter?: number): ChatModel & { calls: number } {
  return {
    provider: "p",
    model: "m",
    structured: false,
    calls: 0,
    async *stream(): AsyncGenerator<ChatEvent> {
      const turn = script[Math.min(this.calls, script.length - 1)] ?? "answer";
      this.calls += 1;
      if (turn === "answer" || turn === "cut") yield { type: "text", text: "да" };
      if (turn === "answer") yield { type: "end", finish: "stop", usage: USAGE };
      else {
        const code = turn === "cut" ? "ENGINE_UNREACHABLE" : turn;
        throw new FbtrError(
          code,
          code,
          retryAfter === undefined ? {} : { retryAfterMs: retryAfter },
        );
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A limited model whose waits pass at once; says what it waited for. */
function limited(models: readonly ChatModel[], limits: Partial<EndpointLimits> = {}) {
  let ms = 0;
  const waits: number[] = [];
  const clock = { now: () => ms, elapsed: () => ms };
  const services = {
    clock,
    random: () => 0.5,
    sleep: async (wait: number) => {
      ms += wait;
      waits.push(wait);
      // Calls of others go on meanwhile.
      await yieldToEventLoop();
    },
  };
  return {
    model: new LimitedModel(models, { ...DEFAULT_LIMITS, ...limits }, services),
    waits,
    clock,
  };
}

async function textOf(model: ChatModel, prompt = ""): Promise<string> {
  let text = "";
  for await (const event of model.stream({ ...REQUEST, prompt }, signal))
    if (event.type === "text") text += event.text;
  return text;
}

it("a busy endpoint is asked again after the time that it names, however often", async () => {
  const busy = scripted(
    [...Array.from({ length: 9 }, () => "ENGINE_BUSY" as const), "answer"],
    700,
  );
  const { model, waits } = limited([busy]);
  expect(await textOf(model)).toBe("да");
  expect(busy.calls).toBe(10);
  expect(waits).toEqual(Array.from({ length: 9 }, () => 700));
});

it("an endpoint that is busy and says at once is asked at once only one time", async () => {
  const busy = scripted(["ENGINE_BUSY"], 0);
  const { model, waits } = limited([busy]);
  await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_BUSY" });
  expect(waits.filter((wait) => wait < 500)).toEqual([]);
  expect(busy.calls).toBeLessThan(100);
});

it("an endpoint that is busy for too long is given up", async () => {
  const { model, waits } = limited([scripted(["ENGINE_BUSY"], 60_000)]);
  await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_BUSY" });
  expect(waits.length).toBeLessThan(20);
});

it("a refused key is not used again, the others go on", async () => {
  const refused = scripted(["ENGINE_UNAUTHORIZED"]);
  const good = scripted(["answer"]);
  const { model } = limited([refused, good]);
  expect([await textOf(model), await textOf(model), await textOf(model)]).toEqual([
    "да",
    "да",
    "да",
  ]);
  expect([refused.calls, good.calls]).toEqual([1, 3]);
});

it("without a key that is accepted the refusal is told", async () => {
  const refused = scripted(["ENGINE_UNAUTHORIZED"]);
  const { model } = limited([refused]);
  await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_UNAUTHORIZED" });
  expect(refused.calls).toBe(1);
});

it("a failure is repeated with pauses, a request that is wrong is not", async () => {
  const shaky = scripted(["ENGINE_UNREACHABLE", "ENGINE_UNREACHABLE", "answer"]);
  expect(await textOf(limited([shaky]).model)).toBe("да");
  const wrong = scripted(["ENGINE_REJECTED"]);
  await expect(textOf(limited([wrong]).model)).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
  expect([shaky.calls, wrong.calls]).toEqual([3, 1]);
});

describe("an endpoint that is down", () => {
  it("is given up after half a minute if it has never answered", async () => {
    const down = scripted(["ENGINE_UNREACHABLE"]);
    const { model, clock } = limited([down]);
    await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
    expect(down.calls).toBeGreaterThan(3);
    expect(clock.elapsed()).toBeGreaterThan(10_000);
    expect(clock.elapsed()).toBeLessThan(30_000);
  });

  it("is waited for some minutes if it has answered before, and seldom asked", async () => {
    const down = scripted(["answer", "ENGINE_UNREACHABLE"]);
    const { model, clock } = limited([down]);
    await textOf(model);
    await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
    expect(clock.elapsed()).toBeGreaterThan(2 * 60_000);
    expect(clock.elapsed()).toBeLessThanOrEqual(5 * 60_000);
    expect(down.calls).toBeLessThan(30);
  });

  it("is taken up again when it is back", async () => {
    const away = Array.from({ length: 12 }, () => "ENGINE_UNREACHABLE" as const);
    const { model } = limited([scripted(["answer", ...away, "answer"])]);
    await textOf(model);
    expect(await textOf(model)).toBe("да");
  });

  it("is left at once for another engine", async () => {
    const { model, clock } = limited([scripted(["ENGINE_UNREACHABLE"])], { patience: IMPATIENT });
    await expect(textOf(model)).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
    expect(clock.elapsed()).toBeLessThan(5000);
  });

  it("holds up all calls together no longer than one", async () => {
    const down = scripted(["answer", "ENGINE_UNREACHABLE"]);
    const { model, clock } = limited([down]);
    await textOf(model);
    const ends = await Promise.allSettled(Array.from({ length: 8 }, () => textOf(model)));
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    expect(clock.elapsed()).toBeLessThanOrEqual(5 * 60_000);
  });
});

it("a call that fails where the endpoint answers others has failed itself", async () => {
  const asked: string[] = [];
  const picky: ChatModel = {
    ...scripted([]),
    async *stream({ prompt }): AsyncGenerator<ChatEvent> {
      await Promise.resolve();
      asked.push(prompt);
      if (prompt === "") throw new FbtrError("ENGINE_UNREACHABLE", "p m: no (HTTP 500)");
      yield { type: "end", finish: "stop", usage: USAGE };
    },
  };
  const { model, clock } = limited([picky]);
  await expect(textOf(model)).rejects.toMatchObject({
    code: "ENGINE_FAILED",
    message: "p m: no (HTTP 500)",
  });
  expect(asked.filter((prompt) => prompt !== "")).toHaveLength(1);
  expect(clock.elapsed()).toBeLessThan(30_000);
});

it("a call that is too large for a limit is not sent for ever while others are answered", async () => {
  const tooLarge: ChatModel = {
    ...scripted([]),
    async *stream({ prompt }): AsyncGenerator<ChatEvent> {
      await Promise.resolve();
      if (prompt === "")
        throw new FbtrError("ENGINE_BUSY", "too many tokens", { retryAfterMs: 9e4 });
      yield { type: "end", finish: "stop", usage: USAGE };
    },
  };
  const { model } = limited([tooLarge, tooLarge]);
  const call = { hasEnded: false };
  const large = textOf(model).finally(() => {
    call.hasEnded = true;
  });
  const others = (async () => {
    while (!call.hasEnded) await textOf(model, "x");
  })();
  await expect(large).rejects.toMatchObject({ code: "ENGINE_FAILED", message: "too many tokens" });
  await others;
});

it("nothing is repeated once a part of the answer was handed on: the call has failed", async () => {
  const cut = scripted(["cut", "answer"]);
  await expect(textOf(limited([cut]).model)).rejects.toMatchObject({ code: "ENGINE_FAILED" });
  expect(cut.calls).toBe(1);
});

it("each key makes no more calls a minute than it may", async () => {
  const keys = [scripted(["answer"]), scripted(["answer"])];
  const { model, clock } = limited(keys, { requestRate: perMinute(10) });
  const sent: number[] = [];
  while (sent.length < 60) {
    await textOf(model);
    sent.push(clock.now());
  }
  for (const at of sent) {
    expect(sent.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThan(21);
  }
  expect(clock.now()).toBeLessThan(4 * 60_000);
  expect(keys.map(({ calls }) => calls)).toEqual([30, 30]);
});

it("tokens are counted by the bill, and by an estimate while there is none", async () => {
  // A call has 10 tokens by the estimate and 2 by the bill.
  const { model, clock } = limited([scripted(["answer"])], {
    tokenRate: { amount: 20, perMs: 60_000 },
  });
  for (let call = 0; call < 6; call += 1) await textOf(model);
  expect(clock.now()).toBe(0);
  await textOf(model);
  expect(clock.now()).toBeGreaterThan(0);
});

it("a storm of refusals ends with everybody answered and few calls too many", async () => {
  let calls = 0;
  let open = 0;
  const stormy: ChatModel = {
    ...scripted(["answer"]),
    async *stream(): AsyncGenerator<ChatEvent> {
      calls += 1;
      open += 1;
      try {
        await Promise.resolve();
        if (open > 2) throw new FbtrError("ENGINE_BUSY", "busy", { retryAfterMs: 100 });
        yield { type: "text", text: "да" };
        yield { type: "end", finish: "stop", usage: USAGE };
      } finally {
        open -= 1;
      }
    },
  };
  const { model } = limited([stormy]);
  const answers = await Promise.all(Array.from({ length: 16 }, () => textOf(model)));
  expect(answers.every((answer) => answer === "да")).toBe(true);
  expect(calls).toBeLessThan(80);
});

it("the place of a complete answer is free before anybody has read it", async () => {
  const twice = scripted(["answer"]);
  const { model } = limited([twice], { concurrency: { initial: 1, max: 1 } });
  const unread = model.stream(REQUEST, signal)[Symbol.asyncIterator]();
  expect((await unread.next()).value).toEqual({ type: "text", text: "да" });
  expect(await textOf(model)).toBe("да");
  expect((await unread.next()).value).toMatchObject({ type: "end" });
});
