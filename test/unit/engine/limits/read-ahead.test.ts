import { expect, it } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { Turns } from "../../../../src/base/turns.ts";
import { ReadAhead } from "../../../../src/engine/limits/read-ahead.ts";
import type { ChatEvent } from "../../../../src/engine/models/chat-model.ts";

const END: ChatEvent = {
  type: "end",
  finish: "stop",
  usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 },
};
const { signal } = new AbortController();
const piece = (text: string): ChatEvent => ({ type: "text", text });

async function eventsOf(answer: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of answer) events.push(event);
  return events;
}

it("hands on as one what came since its reader's last turn, and the outcome at the end", async () => {
  async function* call(): AsyncGenerator<ChatEvent, string> {
    yield { type: "reasoning" };
    yield { type: "reasoning" };
    for (const text of ["да", " и", " не"]) yield piece(text);
    yield await Promise.resolve(END);
    return "answered";
  }
  const answer = new ReadAhead(call, signal, new Turns())[Symbol.asyncIterator]();
  const told = [await answer.next(), await answer.next(), await answer.next(), await answer.next()];
  expect(told.map(({ value }) => value)).toEqual([
    { type: "reasoning" },
    piece("да и не"),
    END,
    "answered",
  ]);
});

it("hands on at once what comes after a pause", async () => {
  const pause = Promise.withResolvers<void>();
  async function* call(): AsyncGenerator<ChatEvent, void> {
    yield piece("да");
    await pause.promise;
    yield piece("не");
  }
  const answer = new ReadAhead(call, signal, new Turns())[Symbol.asyncIterator]();
  expect(await answer.next()).toEqual({ done: false, value: piece("да") });
  pause.resolve();
  expect(await answer.next()).toEqual({ done: false, value: piece("не") });
  expect(await answer.next()).toEqual({ done: true, value: undefined });
});

it("tells of a failure after all that was said before it", async () => {
  const cut = new Error("cut off");
  async function* call(): AsyncGenerator<ChatEvent, void> {
    yield await Promise.resolve(piece("да"));
    throw cut;
  }
  const heard: ChatEvent[] = [];
  const reading = async () => {
    for await (const event of new ReadAhead(call, signal, new Turns())) heard.push(event);
  };
  await expect(reading()).rejects.toBe(cut);
  expect(heard).toEqual([piece("да")]);
});

it("reads to the end an answer whose reader is busy, but not one that never ends", async () => {
  let read = 0;
  const callOf = (pieces: number) =>
    async function* call(): AsyncGenerator<ChatEvent, void> {
      for (; read < pieces; read += 1) yield await Promise.resolve(piece("и".repeat(1000)));
    };
  void new ReadAhead(callOf(20), signal, new Turns());
  await sleep(20);
  expect(read).toBe(20);
  const babble = new ReadAhead(callOf(1000), signal, new Turns());
  await sleep(20);
  expect(read).toBeLessThan(200);
  expect(await eventsOf(babble)).not.toEqual([]);
  expect(read).toBe(1000);
});

it("ends the call when its reader leaves, or when it is told to", async () => {
  const reasons: unknown[] = [];
  async function* call(ending: AbortSignal): AsyncGenerator<ChatEvent, void> {
    ending.addEventListener("abort", () => reasons.push(ending.reason));
    yield piece("да");
    await sleep(60_000, ending);
  }
  for await (const _ of new ReadAhead(call, signal, new Turns())) break;
  expect(reasons).toHaveLength(1);
  const stop = new AbortController();
  const reading = eventsOf(new ReadAhead(call, stop.signal, new Turns()));
  stop.abort(new Error("stopped"));
  await expect(reading).rejects.toThrow("stopped");
});

it("lets readers go on one at a time, what the event loop has to do between them", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = turns.next().then(() => {
    order.push("first");
    setImmediate(() => order.push("other work"));
  });
  await Promise.all([first, turns.next().then(() => order.push("second"))]);
  await turns.next();
  expect(order).toEqual(["first", "other work", "second"]);
});
