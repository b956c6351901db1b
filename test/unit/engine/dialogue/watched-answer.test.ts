import { expect, it } from "vitest";

import { watchedAnswer } from "../../../../src/engine/dialogue/watched-answer.ts";
import type { ChatEvent } from "../../../../src/engine/models/chat-model.ts";

const NO_LOOPS = { push: () => false };

/** Lets an answer in pieces through a watch for 10 characters; tells whether the call was ended. */
async function watched(pieces: readonly string[], loops = NO_LOOPS) {
  const call = { ended: false };
  async function* answer(): AsyncGenerator<ChatEvent> {
    try {
      for (const text of pieces) {
        await Promise.resolve();
        yield { type: "text", text };
      }
    } finally {
      call.ended = true;
    }
  }
  const heard: string[] = [];
  let error: unknown;
  try {
    for await (const event of watchedAnswer(answer(), 10, loops)) {
      if (event.type === "text") heard.push(event.text);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { heard, error, call };
}

it("an answer comes through as it is", async () => {
  const { heard, error } = await watched(["један ", "два"]);
  expect(error).toBeUndefined();
  expect(heard).toEqual(["један ", "два"]);
});

it("an answer without end is given up where it is too long", async () => {
  const { heard, error, call } = await watched(["један ", "два ", "три", "четири"]);
  expect(error).toMatchObject({ code: "ENGINE_FAILED" });
  expect(heard).toEqual(["један ", "два "]);
  expect(call.ended).toBe(true);
});

it("an answer that runs in circles is given up", async () => {
  const { error, call } = await watched(["да ", "да "], { push: () => true });
  expect(error).toMatchObject({ code: "ENGINE_FAILED", message: "the model repeats itself" });
  expect(call.ended).toBe(true);
});
