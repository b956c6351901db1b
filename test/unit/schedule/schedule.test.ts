import { describe, expect, it, vi } from "vitest";

import { sleep } from "../../../src/base/abort.ts";
import { FbtrError } from "../../../src/base/errors.ts";
import type { Segment } from "../../../src/book/segment.ts";
import { judgeOf } from "../../../src/engine/checking.ts";
import type { CheckedResult, Translator } from "../../../src/engine/translator.ts";
import { beginningWithin, type BatchLimits } from "../../../src/plan/batching.ts";
import { runSchedule, type Schedule } from "../../../src/schedule/schedule.ts";
import type { Failure, GivenUp, Lease, WorkStore } from "../../../src/schedule/work-store.ts";
import { scriptedResult, scriptedTranslator } from "../../support/job-surroundings.ts";

/** A store in memory that writes down what is asked of it. */
class RecordingStore implements WorkStore {
  readonly open: Segment[];
  readonly attempts = new Map<number, number>();
  readonly commits: number[][] = [];
  readonly failures: Failure[] = [];
  released = 0;
  beats = 0;
  /** What `heartbeat` answers. */
  held = true;
  #fence = 0;

  constructor(texts: readonly string[]) {
    this.open = texts.map((text, index): Segment => {
      return { index, text, kind: "text", element: "p", section: 1, skip: undefined };
    });
  }

  lease(jobId: string, limits: BatchLimits): Promise<Lease | undefined> {
    const segments = this.open.splice(0, beginningWithin(this.open, limits).length);
    if (segments.length === 0) return Promise.resolve(undefined);
    this.#fence += 1;
    const batch = { id: `b${this.#fence}`, segments };
    return Promise.resolve({ jobId, fence: this.#fence, batch, earlier: [] });
  }

  choose(): Promise<void> {
    return Promise.resolve();
  }

  reopen(): Promise<number> {
    return Promise.resolve(0);
  }

  heartbeat(): Promise<boolean> {
    this.beats += 1;
    return Promise.resolve(this.held);
  }

  complete(_: Lease, results: readonly CheckedResult[]): Promise<readonly number[]> {
    const indices = results.map(({ result }) => result.index);
    this.commits.push(indices);
    return Promise.resolve(this.held ? indices : []);
  }

  fail(lease: Lease, failures: readonly Failure[], max: number): Promise<GivenUp> {
    this.failures.push(...failures);
    const flagged = failures.filter(({ index }) => {
      const attempts = (this.attempts.get(index) ?? 0) + 1;
      this.attempts.set(index, attempts);
      if (attempts >= max) return true;
      this.open.push(...lease.batch.segments.filter((segment) => segment.index === index));
      return false;
    });
    return Promise.resolve({ flagged: flagged.map(({ index }) => index), kept: [] });
  }

  release(): Promise<void> {
    this.released += 1;
    return Promise.resolve();
  }

  submit(): Promise<void> {
    throw new Error("not of this test");
  }

  progress(): Promise<never> {
    throw new Error("not of this test");
  }
}

function scheduleOf(store: RecordingStore, translator: Translator, more: Partial<Schedule> = {}) {
  const saved: number[] = [];
  const flagged: number[] = [];
  const { signal } = new AbortController();
  const running = runSchedule({
    store,
    jobId: "j",
    session: "s",
    translator,
    judge: judgeOf({ from: "ru", to: "sr" }),
    limits: { maxChars: 1000, maxSegments: 10 },
    openChars: store.open.reduce((sum, { text }) => sum + text.length, 0),
    maxAttempts: 2,
    leaseMs: 30_000,
    drain: signal,
    stop: signal,
    onSaved: (answers) => saved.push(...answers.map(({ segment }) => segment.index)),
    onGivenUp: (segments) => flagged.push(...segments.map(({ index }) => index)),
    ...more,
  });
  return { running, saved, flagged };
}

/** A translator that does what `translate` says. */
function translatorOf(translate: Translator["translate"], capacity = 1): Translator {
  return { ...scriptedTranslator({ capacity }), translate };
}

const WORDS = Array.from({ length: 10 }, (_, at) => `дом ${at}`);

describe("saving", () => {
  it("commits what comes at once together, and what comes later when it comes", async () => {
    const store = new RecordingStore(WORDS);
    const pause = Promise.withResolvers<void>();
    const slow = scriptedTranslator({
      before: (text) => (text === "дом 6" ? pause.promise : undefined),
    });
    const { running, saved } = scheduleOf(store, slow);
    // The engine is silent, and all that it has said is saved.
    await vi.waitFor(() => expect(saved).toEqual([0, 1, 2, 3, 4, 5]), { timeout: 10_000 });
    pause.resolve();
    await running;
    expect(store.commits).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]);
  });

  it("saves what had arrived before the engine failed for good", async () => {
    const store = new RecordingStore(WORDS);
    const broken = new FbtrError("ENGINE_UNKNOWN", "no such model");
    const translator = translatorOf(async function* translate() {
      yield scriptedResult(0, "дом 0");
      throw broken;
    });
    const { running, saved } = scheduleOf(store, translator);
    await expect(running).rejects.toBe(broken);
    expect(saved).toEqual([0]);
    expect(store.released).toBe(1);
  });

  it("ends with the error of the store, also when the engine waits", async () => {
    const store = new RecordingStore(WORDS);
    const full = new FbtrError("JOB_STORE_FAILED", "the disk is full");
    store.complete = () => Promise.reject(full);
    const translator = translatorOf(async function* translate(_, signal) {
      yield scriptedResult(0, "дом 0");
      await sleep(15_000, signal);
    });
    await expect(scheduleOf(store, translator).running).rejects.toBe(full);
  });
});

describe("answers", () => {
  it("takes no answer twice, none to what was not asked, and none that fails the checks", async () => {
    const store = new RecordingStore(["дом", "кот"]);
    const translator = translatorOf(async function* translate({ segments }) {
      yield scriptedResult(7, "лис");
      for (const { index } of segments) {
        if (index === 0) yield* [scriptedResult(0, "дом"), scriptedResult(0, "други")];
        else yield { ...scriptedResult(index, ""), text: "щи" };
      }
    });
    const { running, saved, flagged } = scheduleOf(store, translator);
    await running;
    expect(saved).toEqual([0]);
    const failure = { index: 1, reason: "letters that Serbian does not have: щи" };
    expect(store.failures).toEqual([failure, failure]);
    expect(flagged).toEqual([1]);
  });

  it("tries again after an error that may pass, then flags with its message", async () => {
    const store = new RecordingStore(["дом"]);
    let calls = 0;
    const busy = new FbtrError("ENGINE_FAILED", "the model is busy");
    const translator = translatorOf(() => {
      calls += 1;
      return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(busy) }) };
    });
    const { running, flagged } = scheduleOf(store, translator);
    await running;
    expect(calls).toBe(2);
    expect(flagged).toEqual([0]);
    expect(store.failures[1]?.reason).toBe("the model is busy");
  });
});

describe("leases", () => {
  it("prolongs the lease of an engine that is silent", async () => {
    const store = new RecordingStore(["дом"]);
    const silent = scriptedTranslator({ before: () => sleep(300) });
    await scheduleOf(store, silent, { leaseMs: 90 }).running;
    expect(store.beats).toBeGreaterThanOrEqual(3);
    const { beats } = store;
    await sleep(100);
    expect(store.beats).toBe(beats);
  });

  it("ends a batch whose lease is lost, counts no failure and goes on", async () => {
    const store = new RecordingStore(WORDS.slice(0, 2));
    let told = false;
    const translator = scriptedTranslator({
      before: async (text, signal) => {
        if (text !== "дом 0") return;
        store.held = false;
        await sleep(15_000, signal).finally(() => (told = store.held = signal.aborted));
      },
    });
    const limits = { maxChars: 1000, maxSegments: 1 };
    const { running, saved } = scheduleOf(store, translator, { leaseMs: 60, limits });
    await running;
    expect(told).toBe(true);
    expect(saved).toEqual([1]);
    expect(store.failures).toEqual([]);
  });
});

describe("ending", () => {
  it("works on as many batches at the same time as the translator takes", async () => {
    const store = new RecordingStore(WORDS);
    let busy = 0;
    let most = 0;
    const translator = translatorOf(async function* translate({ segments }) {
      busy += 1;
      most = Math.max(most, busy);
      await sleep(20);
      busy -= 1;
      for (const { index, text } of segments) yield scriptedResult(index, text);
    }, 3);
    await scheduleOf(store, translator, { limits: { maxChars: 1000, maxSegments: 1 } }).running;
    expect(most).toBe(3);
  });

  it("begins no batch after one has failed for good", async () => {
    const store = new RecordingStore(WORDS);
    const broken = new FbtrError("ENGINE_UNKNOWN", "no such model");
    let batches = 0;
    const bothBegan = Promise.withResolvers<void>();
    const translator = translatorOf(async function* translate({ segments }) {
      batches += 1;
      if (batches === 1) {
        await bothBegan.promise;
        throw broken;
      }
      bothBegan.resolve();
      await sleep(50);
      for (const { index, text } of segments) yield scriptedResult(index, text);
    }, 2);
    const limits = { maxChars: 1000, maxSegments: 1 };
    const { running, saved } = scheduleOf(store, translator, { limits });
    await expect(running).rejects.toBe(broken);
    expect(batches).toBe(2);
    expect(saved).toEqual([1]);
  });
});

it("cuts the end of the work into smaller batches, so that all hands end at about the same time", async () => {
  const store = new RecordingStore(Array.from({ length: 40 }, (_, at) => `дом ${10 + at}`));
  const sizes: number[] = [];
  const scripted = scriptedTranslator();
  const translator = translatorOf((batch, signal) => {
    sizes.push(batch.segments.length);
    return scripted.translate(batch, signal);
  }, 3);
  const limits = { maxChars: 60, maxSegments: 50 };
  const { running, saved } = scheduleOf(store, translator, { limits });
  await running;
  expect(saved).toHaveLength(40);
  expect(sizes[0]).toBe(10);
  expect(sizes.at(-1)).toBeLessThanOrEqual(2);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

it("sends the first request before it leases the second batch", async () => {
  const store = new RecordingStore(WORDS);
  const leftOver: number[] = [];
  const translator = translatorOf(async function* translate({ segments }) {
    leftOver.push(store.open.length);
    await sleep(1);
    for (const { index, text } of segments) yield scriptedResult(index, text);
  }, 3);
  const { running } = scheduleOf(store, translator, { limits: { maxChars: 1000, maxSegments: 2 } });
  await running;
  expect(leftOver.slice(0, 3)).toEqual([8, 6, 4]);
});
