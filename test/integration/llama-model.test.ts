import { truncate, writeFile } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { LlamaModel } from "../../src/engine/llama/llama-model.ts";
import { loadLlamaPackage } from "../../src/engine/llama/llama-package.ts";
import type { ChatEvent, ChatRequest } from "../../src/engine/models/chat-model.ts";
import { llamaForTests } from "../support/llama.ts";
import { tempDir } from "../support/temp-dir.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

const llama = await llamaForTests();
const loadPackage = () => loadLlamaPackage(llama?.folder ?? "");

const REQUEST: ChatRequest = {
  instructions: "Преводи на српски.",
  prompt: "Он пришёл домой.",
  maxOutputTokens: 24,
  temperature: 0,
};
const SCHEMA = {
  type: "object",
  properties: { text: { type: "string", maxLength: 8 } },
  required: ["text"],
  additionalProperties: false,
};

async function openNoise() {
  await using dir = await tempDir();
  const modelPath = dir.file("noise.gguf");
  await writeTinyGguf(modelPath);
  const options = { modelPath, maxContextTokens: 512, gpuLayers: 0, threads: 1 } as const;
  return await LlamaModel.open("noise", await loadPackage(), options);
}

async function eventsOf(
  model: LlamaModel,
  request: ChatRequest = REQUEST,
  signal: AbortSignal = new AbortController().signal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of model.stream(request, signal)) events.push(event);
  return events;
}

const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

describe.skipIf(llama === undefined)("a model inside this process", { timeout: 120_000 }, () => {
  let model: LlamaModel;
  beforeAll(async () => {
    model = await openNoise();
  });
  afterAll(async () => {
    await model[Symbol.asyncDispose]();
  });

  it("loads and speaks, piece by piece, as much as it may, with a bill", async () => {
    const events = await eventsOf(model);
    expect(events.filter(({ type }) => type === "text").length).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({ type: "end", finish: "length" });
    const [end] = events.slice(-1);
    const usage = end?.type === "end" ? end.usage : undefined;
    expect(usage?.outputTokens).toBeGreaterThan(20);
    expect(usage?.inputTokens).toBeGreaterThan(20);
  });

  it("says the same to the same request: nothing is left of the call before", async () => {
    const first = textOf(await eventsOf(model));
    await eventsOf(model, { ...REQUEST, prompt: "Что-то другое." });
    expect(textOf(await eventsOf(model))).toBe(first);
  });

  it("holds to a schema, whatever its weights would rather say", async () => {
    const request = { ...REQUEST, maxOutputTokens: 200, answerSchema: SCHEMA };
    const answer = JSON.parse(textOf(await eventsOf(model, request))) as object;
    expect(Object.keys(answer)).toEqual(["text"]);
  });

  it("answers calls one after the other", async () => {
    const alone = textOf(await eventsOf(model));
    const together = await Promise.all([eventsOf(model), eventsOf(model), eventsOf(model)]);
    expect(together.map(textOf)).toEqual([alone, alone, alone]);
  });

  it("stops with the signal's reason, while it speaks and while it waits, and goes on", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const speaking = (async () => {
      for await (const event of model.stream({ ...REQUEST, maxOutputTokens: 400 }, stop.signal)) {
        if (event.type === "text") stop.abort(reason);
      }
    })();
    const waiting = eventsOf(model, REQUEST, stop.signal);
    const ends = await Promise.allSettled([speaking, waiting]);
    expect(ends).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    expect(textOf(await eventsOf(model))).not.toBe("");
  });

  it("is ready again after an answer that nobody took to its end", async () => {
    for await (const event of model.stream(REQUEST, new AbortController().signal)) {
      expect(event.type).toBe("text");
      break;
    }
    expect(textOf(await eventsOf(model))).not.toBe("");
  });

  it("refuses a text that its context has no room for, rather than dropping its beginning", async () => {
    const asked = eventsOf(model, { ...REQUEST, prompt: "слово ".repeat(200) });
    await expect(asked).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
  });
});

describe.skipIf(llama === undefined)("what cannot be loaded", { timeout: 120_000 }, () => {
  it("is told by its name where a file is no model, or only half of one", async () => {
    await using dir = await tempDir();
    const modelPath = dir.file("broken.gguf");
    const loaded = await loadPackage();
    const open = () =>
      LlamaModel.open("broken", loaded, { modelPath, maxContextTokens: 512, gpuLayers: 0 });
    await writeFile(modelPath, "GGUF and nothing else");
    await expect(open()).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
    await writeTinyGguf(modelPath);
    await truncate(modelPath, 200_000);
    await expect(open()).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
  });

  it("is to be installed again where the package has lost its files", async () => {
    await using dir = await tempDir();
    await expect(loadLlamaPackage(dir.path)).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      hint: expect.stringContaining("--force") as string,
    });
  });
});
