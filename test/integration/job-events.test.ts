import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

import { sleep } from "../../src/base/abort.ts";
import type { EventMap, FbtrEvent } from "../../src/base/events.ts";
import type { Translator } from "../../src/engine/translator.ts";
import { listJobs, showJob, showReport } from "../../src/job/jobs.ts";
import { translateBook, translateWith } from "../../src/job/pipeline.ts";
import {
  bookOf,
  choosing,
  requestFor,
  scriptedTranslator,
  surroundingsIn,
} from "../support/job-surroundings.ts";
import { EMPTY_MACHINE } from "../support/provider-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const BOOK = bookOf("Два <emphasis>дома</emphasis>", [
  ["Первый дом", "Мама дома незнамка", "Папа дома незнамка", "***"],
  ["Второй дом", "Кот дома", "Пёс дома незнам"],
]);

function dataOf<Type extends keyof EventMap>(
  heard: readonly FbtrEvent[],
  type: Type,
): EventMap[Type][] {
  return heard.filter((event) => event.type === type).map(({ data }) => data as EventMap[Type]);
}

it("tells of a book from its beginning to its end", async () => {
  await using dir = await tempDir();
  const { environment, heard } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK);
  const report = await translateWith(choosing(scriptedTranslator()), request, environment);
  expect(heard[0]?.type).toBe("translation_started");
  expect(heard.at(-1)?.type).toBe("translation_completed");
  expect(new Set(heard.map((event) => event.session_id))).toEqual(new Set([report.snapshot.id]));
  expect(dataOf(heard, "translation_started")).toEqual([
    {
      input: request.input.shownAs,
      outputs: [request.outputs[0]?.path],
      book_title: "Два дома",
      provider: "scripted",
      provider_reason: "chosen by the test",
      items_total: 8,
      items_resumed: 0,
      total_chapters: 2,
    },
  ]);
  expect(dataOf(heard, "translation_progress").at(-1)).toMatchObject({
    book_title: "Два дома",
    current_chapter: 2,
    total_chapters: 2,
    chapter_title: "Второй дом",
    items_completed: 8,
    items_failed: 0,
    items_total: 8,
    percent_complete: 100,
    estimated_eta: 0,
    unknown_words: 2,
  });
  expect(dataOf(heard, "translation_completed")[0]?.report).toEqual(report);
  expect(report).toMatchObject({
    snapshot: { state: "done", title: "Два дома", sections: { total: 2, done: 2 } },
    keptByReason: { "no letters": 1 },
    unknownWordCount: 2,
    warnings: [],
  });
  expect(showReport(environment.stateFolder, report.snapshot.id)).toEqual(report);
});

it("tells how far it is at most ten times a second, and the last word always", async () => {
  await using dir = await tempDir();
  const { environment, heard } = surroundingsIn(dir.path, { maxBatchSegments: 1 });
  const request = await requestFor(dir.path, bookOf("Дом", [["Дом", ...Array(60).fill("Мама")]]));
  const translator = scriptedTranslator({ before: () => sleep(8) });
  const began = performance.now();
  await translateWith(choosing(translator), request, environment);
  const seconds = (performance.now() - began) / 1000;
  const told = dataOf(heard, "translation_progress");
  expect(told.length).toBeGreaterThan(2);
  expect(told.length).toBeLessThanOrEqual(seconds * 10 + 3);
  expect(told.at(-1)).toMatchObject({ items_completed: 62, percent_complete: 100 });
  const [, second] = told;
  expect(second?.speed).toBeGreaterThan(1);
  expect(second?.estimated_eta).toBeGreaterThan(0);
});

it("drains: saves what is done, writes nothing, and goes on the next time", async () => {
  await using dir = await tempDir();
  const first = surroundingsIn(dir.path, { maxBatchSegments: 2 });
  const request = await requestFor(dir.path, BOOK);
  const drained = scriptedTranslator({
    before: (text) => (text.startsWith("Мама") ? first.drain.abort() : undefined),
  });
  const report = await translateWith(choosing(drained), request, first.environment);
  expect(report.snapshot).toMatchObject({ state: "interrupted", segments: { translated: 4 } });
  await expect(readFile(request.outputs[0]?.path ?? "")).rejects.toThrow("ENOENT");
  expect(first.heard.at(-1)?.type).toBe("translation_interrupted");
  expect(dataOf(first.heard, "translation_interrupted")).toEqual([
    { items_completed: 5, items_total: 8 },
  ]);
  const second = surroundingsIn(dir.path);
  const rest = scriptedTranslator();
  const whole = await translateWith(choosing(rest), request, second.environment);
  expect(rest.asked).toEqual(["Второй дом", "Кот дома", "Пёс дома незнам"]);
  expect(whole.snapshot).toMatchObject({ state: "done", segments: { resumed: 4 } });
  expect(dataOf(second.heard, "translation_started")[0]?.items_resumed).toBe(4);
  // The unknown words of the earlier run count.
  expect(dataOf(second.heard, "translation_progress").at(-1)?.unknown_words).toBe(2);
});

it("stops in the middle of a batch and keeps what had arrived", async () => {
  await using dir = await tempDir();
  const { environment, heard, stop } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK);
  const reason = new Error("enough");
  const translator = scriptedTranslator({
    before: async (text, signal) => {
      if (!text.startsWith("Папа")) return;
      setTimeout(() => stop.abort(reason), 50);
      await sleep(20_000, signal);
    },
  });
  const running = translateWith(choosing(translator), request, environment);
  await expect(running).rejects.toBe(reason);
  expect(heard.at(-1)?.type).toBe("translation_interrupted");
  const [job] = listJobs(environment.stateFolder);
  expect(job).toMatchObject({ state: "interrupted", segments: { translated: 3 } });
});

it("tells why it failed, also before there is a job", async () => {
  await using dir = await tempDir();
  const { environment, heard } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK, { engine: "oracle" });
  const loadDraftEngine = () => Promise.reject(new Error("not asked for"));
  const failing = translateBook(request, {
    ...environment,
    providers: {},
    surroundings: EMPTY_MACHINE,
    loadDraftEngine,
  });
  await expect(failing).rejects.toMatchObject({ code: "ENGINE_UNKNOWN" });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ type: "translation_error", session_id: "system" });
  expect(heard[0]?.data).toMatchObject({
    code: "ENGINE_UNKNOWN",
    error: "there is no engine oracle",
  });
});

it("shows another process how far a running job is", { timeout: 30_000 }, async () => {
  await using dir = await tempDir();
  const { environment, stop } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK);
  const translator = scriptedTranslator({
    before: (text, signal) => (text.startsWith("Кот") ? sleep(25_000, signal) : undefined),
  });
  const running = translateWith(choosing(translator), request, environment);
  const seen = async () => {
    for (;;) {
      const [job] = listJobs(environment.stateFolder);
      if (job?.segments.translated === 5) return job;
      await sleep(50);
    }
  };
  const job = await seen();
  expect(job).toMatchObject({ state: "running", title: "Два дома" });
  expect(job.sections).toEqual({ total: 2, done: 1 });
  expect(job.updatedAt > job.createdAt).toBe(true);
  stop.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
  expect(showJob(environment.stateFolder, job.id).state).toBe("interrupted");
});

it("writes the book without what could not be translated, and says so", async () => {
  await using dir = await tempDir();
  const { environment, heard } = surroundingsIn(dir.path, { maxAttempts: 2 });
  const request = await requestFor(dir.path, BOOK);
  const good = scriptedTranslator();
  const echoing: Translator = {
    ...good,
    async *translate(batch, signal) {
      for await (const result of good.translate(batch, signal)) {
        const { text = "" } = batch.segments.find(({ index }) => index === result.index) ?? {};
        yield text.startsWith("Пёс") ? { ...result, text: "щенок" } : result;
      }
    },
  };
  const report = await translateWith(choosing(echoing), request, environment);
  expect(report.snapshot).toMatchObject({
    state: "incomplete",
    segments: { translated: 6, flagged: 1 },
    sections: { total: 2, done: 2 },
  });
  expect(report.flagged).toEqual([
    {
      index: 7,
      section: 2,
      sectionTitle: "Второй дом",
      kind: "text",
      element: "p",
      paragraph: 2,
      reason: "letters that Serbian does not have: щенок",
      excerpt: "Пёс дома незнам",
    },
  ]);
  expect(good.asked.filter((text) => text.startsWith("Пёс"))).toHaveLength(2);
  expect(dataOf(heard, "translation_progress").at(-1)).toMatchObject({
    items_completed: 7,
    items_failed: 1,
    percent_complete: 100,
  });
  expect(await readFile(request.outputs[0]?.path ?? "", "utf8")).toContain("Пёс дома незнам");
});
