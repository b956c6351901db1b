import { expect, it } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { watchedAnswer } from "../../../../src/engine/dialogue/watched-answer.ts";
import type { ChatEvent } from "../../../../src/engine/models/chat-model.ts";

const LIMITS = { firstMs: 100, idleMs: 100, maxChars: 100 };
const NO_LOOPS = { push: () => false };
const END: ChatEvent = {
  type: "end",
  finish: "stop",
  usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 },
};

/** The types of what comes through of events, each after so many milliseconds. */
async function watched(...events: readonly (readonly [ms: number, event: ChatEvent])[]) {
  const { signal } = new AbortController();
  async function* open(ending: AbortSignal): AsyncGenerator<ChatEvent> {
    for (const [ms, event] of events) {
      await sleep(ms, ending);
      yield event;
    }
  }
  const types: string[] = [];
  for await (const { type } of watchedAnswer(open, LIMITS, NO_LOOPS, signal)) types.push(type);
  return types;
}

it("a call that waits for its turn is not taken for dead", async () => {
  expect(await watched([0, { type: "waiting" }], [300, { type: "sent" }], [10, END])).toEqual([
    "waiting",
    "sent",
    "end",
  ]);
});

it("a call that was sent and is not answered is given up", async () => {
  const silence = watched([0, { type: "waiting" }], [0, { type: "sent" }], [5000, END]);
  await expect(silence).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
});
