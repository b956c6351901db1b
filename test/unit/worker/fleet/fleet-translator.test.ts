import { afterAll, beforeAll, expect, it } from "vitest";

import type { Segment } from "../../../../src/book/segment.ts";
import type { SegmentResult, Translator } from "../../../../src/engine/translator.ts";
import type { PeerListener } from "../../../../src/transport/peer.ts";
import { FleetEngines } from "../../../../src/worker/fleet/fleet-engines.ts";
import {
  DRAFT_ENGINE,
  fleetOf,
  listenFor,
  pairedWith,
  reportOf,
  twoMachines,
  workerHandler,
  type AnswerBatch,
  type TestFleet,
  type TwoMachines,
} from "../../../support/fleet.ts";

let machines: TwoMachines;
beforeAll(async () => {
  machines = await twoMachines();
});

const opened: AsyncDisposable[] = [];
afterAll(async () => {
  for (const one of opened) await one[Symbol.asyncDispose]();
});

const LANGUAGES = { from: "ru", to: "sr" };

function batchOf(count: number, session?: string) {
  const segments = Array.from({ length: count }, (_, index): Segment => {
    return {
      index,
      kind: "text",
      element: "p",
      section: 1,
      text: `Дом ${index}.`,
      skip: undefined,
    };
  });
  return { id: "b", segments, ...(session !== undefined && { session }) };
}

function answerTo({ index, text }: Segment): SegmentResult {
  return {
    index,
    text: text.replace("Дом", "Кућа"),
    unknownWords: [],
    words: { total: 1, known: 1 },
  };
}

const answersAll: AnswerBatch = async function* ({ batch }) {
  for (const segment of batch.segments) yield { answer: answerTo(segment) };
  yield { done: true };
};

/** A fleet of workers that answer as they are told, looked at once. */
async function fleetThatAnswers(
  ...answers: AnswerBatch[]
): Promise<TestFleet & { listeners: PeerListener[] }> {
  const listeners: PeerListener[] = [];
  const workers = [];
  for (const [number, answer] of answers.entries()) {
    const report = () => reportOf(machines.worker.id, [DRAFT_ENGINE]);
    const listener = await listenFor(machines, workerHandler(report, answer));
    listeners.push(listener);
    opened.push(listener);
    workers.push({ listener, machines, paired: pairedWith(`w${number + 1}`, machines.worker.id) });
  }
  const made = fleetOf(workers);
  opened.unshift(made);
  await made.fleet.look(new AbortController().signal);
  return Object.assign(made, { listeners });
}

async function translatorOf({ fleet, bus }: TestFleet, local?: Translator): Promise<Translator> {
  const engines = new FleetEngines(fleet, bus, () => Promise.resolve());
  const own = local && {
    choice: { name: "draft", reason: "", open: () => Promise.resolve(local) },
    priority: 0,
  };
  const choice = await engines.choose(LANGUAGES, own);
  if (!choice) throw new Error("the fleet has no engine");
  return choice.open();
}

async function textsOf(
  translator: Translator,
  count: number,
  signal = new AbortController().signal,
) {
  const texts: string[] = [];
  for await (const { index, text } of translator.translate(batchOf(count, "s"), signal)) {
    texts[index] = text;
  }
  return texts;
}

const wanted = (count: number) => Array.from({ length: count }, (_, index) => `Кућа ${index}.`);

/** Answers one segment, then fails in its own way. */
function answersOneThen(fail: () => Promise<unknown>): AnswerBatch {
  return async function* ({ batch }) {
    const [first] = batch.segments;
    if (first) yield { answer: answerTo(first) };
    await fail();
  };
}

it("is the engine that all workers have, so that a job here is the same job there", async () => {
  const translator = await translatorOf(await fleetThatAnswers(answersAll, answersAll));
  expect(translator).toMatchObject({ name: "draft", version: "1", priority: 0, capacity: 4 });
});

it("lets the workers take turns", async () => {
  const made = await fleetThatAnswers(answersAll, answersAll);
  const translator = await translatorOf(made);
  for (let batch = 0; batch < 4; batch += 1) await textsOf(translator, 2);
  const attempts = made.events.filter(({ type }) => type === "distributed_translation_attempt");
  const workers = attempts.map(({ data }) => (data as { worker_id: string }).worker_id);
  expect(workers).toEqual(["w1", "w2", "w1", "w2"]);
});

it("names the user's session, the instance and the worker in its events", async () => {
  const made = await fleetThatAnswers(answersAll);
  await textsOf(await translatorOf(made), 3);
  const told = made.events.filter(({ session_id: session }) => session === "s");
  expect(told).toMatchObject([
    {
      type: "distributed_translation_attempt",
      message: "Attempting distributed translation with w1/draft",
      data: { instance_id: "w1/draft", worker_id: "w1", attempt: 1 },
    },
    { type: "distributed_translation_success", data: { worker_id: "w1", segments: 3 } },
  ]);
});

it.each<[string, AnswerBatch]>([
  ["ends its answer too early", answersOneThen(() => Promise.resolve())],
  [
    "breaks off in the middle of a line",
    async function* () {
      yield '{"answer":';
    },
  ],
  [
    "sends no JSON",
    async function* () {
      yield "Not JSON\n";
    },
  ],
  [
    "sends what is no translation",
    async function* () {
      yield '{"answer":{"index":0,"text":7}}\n';
    },
  ],
  ["breaks the stream", answersOneThen(() => Promise.reject(new Error("broken")))],
  [
    "says that its engine cannot be had",
    async function* () {
      yield { error: { code: "ENGINE_UNAUTHORIZED", message: "wrong key" } };
    },
  ],
])("gives to another worker what one has not done that %s", async (_name, fails) => {
  const made = await fleetThatAnswers(fails, answersAll);
  expect(await textsOf(await translatorOf(made), 4)).toEqual(wanted(4));
});

it("gives the batch of a worker that is gone to another one, and tells that it is offline", async () => {
  const made = await fleetThatAnswers(
    answersOneThen(() => Promise.resolve(made.listeners[0]?.[Symbol.asyncDispose]())),
    answersAll,
  );
  expect(await textsOf(await translatorOf(made), 4)).toEqual(wanted(4));
  const offline = made.events.filter(({ type }) => type === "distributed_worker_offline");
  expect(offline).toMatchObject([{ session_id: "system", data: { worker_id: "w1" } }]);
});

it("lets this machine do the work when no worker is left", async () => {
  const gone = answersOneThen(() => Promise.resolve(made.listeners[0]?.[Symbol.asyncDispose]()));
  const made = await fleetThatAnswers(gone);
  const local: Translator = {
    name: "draft",
    version: "1",
    priority: 0,
    capacity: 1,
    async *translate({ segments }) {
      for (const segment of segments) yield answerTo(segment);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  expect(await textsOf(await translatorOf(made, local), 4)).toEqual(wanted(4));
  expect(made.events.map(({ type }) => type)).toContain("distributed_fallback");
});

it("says that no worker can be used when none is left and this machine cannot do it", async () => {
  const made = await fleetThatAnswers(
    answersOneThen(() => Promise.resolve(made.listeners[0]?.[Symbol.asyncDispose]())),
  );
  const translator = await translatorOf(made);
  await expect(textsOf(translator, 4)).rejects.toMatchObject({ code: "WORKERS_UNAVAILABLE" });
});

it("tells the worker when it is told to stop", async () => {
  const told = Promise.withResolvers<string>();
  const made = await fleetThatAnswers(async function* ({ batch }, signal) {
    signal.addEventListener("abort", () => told.resolve("stopped"));
    const [first] = batch.segments;
    if (first) yield { answer: answerTo(first) };
    await told.promise;
  });
  const stop = new AbortController();
  const running = textsOf(await translatorOf(made), 4, stop.signal);
  setTimeout(() => stop.abort(new Error("enough")), 100);
  await expect(running).rejects.toThrow("enough");
  expect(await told.promise).toBe("stopped");
});
