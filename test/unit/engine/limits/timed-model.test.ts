import { expect, it } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { TimedModel } from "../../../../src/engine/limits/timed-model.ts";
import type { ChatEvent } from "../../../../src/engine/models/chat-model.ts";

const REQUEST = { instructions: "", prompt: "", maxOutputTokens: 10 };
const TEXT: ChatEvent = { type: "text", text: "да" };
const END: ChatEvent = {
  type: "end",
  finish: "stop",
  usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 },
};

/** A model whose events come after so many milliseconds each, and what became of its call. */
function slowly(...events: readonly (readonly [ms: number, event: ChatEvent])[]) {
  const call = { endedEarly: false };
  const model = new TimedModel(
    {
      provider: "p",
      model: "m",
      structured: false,
      async *stream(_, signal): AsyncGenerator<ChatEvent> {
        signal.addEventListener("abort", () => {
          call.endedEarly = true;
        });
        for (const [ms, event] of events) {
          await sleep(ms, signal);
          yield event;
        }
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    { firstMs: 200, idleMs: 50 },
  );
  const heard = async (signal = new AbortController().signal) => {
    const types: string[] = [];
    for await (const { type } of model.stream(REQUEST, signal)) types.push(type);
    return types;
  };
  return { call, heard };
}

it("a model may take its time for the whole answer, and longer for its beginning", async () => {
  const pieces = Array.from({ length: 10 }, () => [20, TEXT] as const);
  const { heard } = slowly([100, TEXT], ...pieces, [20, END]);
  expect((await heard()).at(-1)).toBe("end");
});

it.each([
  ["from the start", [[5000, END]]],
  [
    "in the middle",
    [
      [0, TEXT],
      [5000, END],
    ],
  ],
] as const)("a model that is silent %s is hung up on", async (_, events) => {
  const { call, heard } = slowly(...events);
  await expect(heard()).rejects.toMatchObject({
    code: "ENGINE_UNREACHABLE",
    message: "p m said nothing for 0 s",
  });
  expect(call.endedEarly).toBe(true);
});

it("a signal ends the wait with its reason", async () => {
  const { call, heard } = slowly([5000, END]);
  const stop = new AbortController();
  const reason = new Error("enough");
  setTimeout(() => stop.abort(reason), 10);
  await expect(heard(stop.signal)).rejects.toBe(reason);
  expect(call.endedEarly).toBe(true);
});
