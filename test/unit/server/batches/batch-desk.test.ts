import { expect, it, vi } from "vitest";

import { sleep } from "../../../../src/base/abort.ts";
import { systemClock } from "../../../../src/base/clock.ts";
import { FbtrError } from "../../../../src/base/errors.ts";
import { EventBus } from "../../../../src/base/events.ts";
import type { DraftEngine } from "../../../../src/draft/engine.ts";
import { BatchDesk } from "../../../../src/server/batches/batch-desk.ts";
import { RunningBatch } from "../../../../src/server/batches/running-batch.ts";
import { EnginePool } from "../../../../src/server/texts/engine-pool.ts";
import type { Translator } from "../../../../src/engine/translator.ts";
import type { BatchRequest } from "../../../../src/worker/batch-wire.ts";
import { allOf } from "../../../support/collecting.ts";
import { NO_OLLAMA } from "../../../support/provider-surroundings.ts";

const signal = new AbortController().signal;

const asked: string[] = [];
const NONE = { total: 0, doubtful: [] };
const ENGINE: DraftEngine = {
  version: "1",
  translate: (text) => {
    asked.push(text);
    return { text: `${text}!`, unknownWords: [], words: { total: 1, known: 1 }, sentences: NONE };
  },
};

function desk(): BatchDesk {
  return new BatchDesk({
    pool: new EnginePool(),
    events: new EventBus(systemClock),
    engineParts: () => ({
      loadDraftEngine: () => Promise.resolve(ENGINE),
      providers: {},
      surroundings: { home: "/", stateFolder: "/", ollamaUrl: NO_OLLAMA },
      clock: systemClock,
    }),
  });
}

function request(...texts: string[]): BatchRequest {
  const segments = texts.map((text, index) => {
    return { index, kind: "text" as const, element: "p", section: 1, text, skip: undefined };
  });
  return { batch: { id: "b", segments }, engine: "draft", from: "ru", to: "sr", session: "s" };
}

it("gives the answers one by one, and then that it is done", async () => {
  const read = await desk().open("root", request("да", "нет"));
  expect(await allOf(read(signal))).toMatchObject([
    { answer: { index: 0, text: "да!" } },
    { answer: { index: 1, text: "нет!" } },
    { done: true },
  ]);
});

it("works once on what the same machine asks for twice, and again for another machine", async () => {
  asked.length = 0;
  const one = desk();
  for (const machine of ["root", "root", "other"]) {
    const read = await one.open(machine, request("да"));
    expect(await allOf(read(signal))).toHaveLength(2);
  }
  expect(asked).toEqual(["да", "да"]);
});

it("remembers whose session it was", async () => {
  const one = desk();
  await one.open("root", request("да"));
  expect(one.isSessionOf("root", "s")).toBe(true);
  expect(one.isSessionOf("other", "s")).toBe(false);
});

it("takes no new batch while it drains, and waits for those that run", async () => {
  const one = desk();
  const read = await one.open("root", request("да"));
  const lines = allOf(read(signal));
  await one.drain();
  expect(await lines).toHaveLength(2);
  await expect(one.open("root", request("нет"))).rejects.toMatchObject({ code: "WORKER_LOST" });
});

const ANSWER = { index: 0, text: "да!", unknownWords: [], words: { total: 1, known: 1 } };

/** A translator that answers nothing until it is told to stop. */
function patient(onStop: (reason: unknown) => void): Translator {
  return {
    name: "patient",
    version: "1",
    priority: 0,
    capacity: 1,
    async *translate({ segments }, stop) {
      if (segments.length === 0) yield ANSWER;
      await sleep(60_000, stop).catch((reason: unknown) => {
        onStop(reason);
        throw reason;
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

it("tells the engine to stop when nobody has read for two seconds, and not before", async () => {
  vi.useFakeTimers();
  try {
    const stopped = vi.fn<(reason: unknown) => void>();
    const batch = new RunningBatch(request("да").batch, patient(stopped));
    batch.join()[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(1900);
    // A root whose connection broke comes back.
    const reader = batch.join();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stopped).not.toHaveBeenCalled();
    reader[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(2100);
    expect(stopped).toHaveBeenCalledOnce();
    expect(batch.hasFailed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it("tells an error of the engine as the last line", async () => {
  const failing: Translator = {
    ...patient(() => undefined),
    async *translate({ segments }) {
      if (segments.length === 0) yield ANSWER;
      throw new FbtrError("ENGINE_BUSY", "too many", { retryAfterMs: 3000 });
    },
  };
  const batch = new RunningBatch(request("да").batch, failing);
  await batch.over;
  expect(batch.lines).toEqual([
    { error: { code: "ENGINE_BUSY", message: "too many", hint: undefined, retry_after_ms: 3000 } },
  ]);
});
