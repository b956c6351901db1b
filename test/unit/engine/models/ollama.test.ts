import { describe, expect, it, vi } from "vitest";

import { largestModel, ollamaModels } from "../../../../src/engine/models/ollama-library.ts";
import { OllamaModel } from "../../../../src/engine/models/ollama-model.ts";
import { pullOllamaModel, type PullProgress } from "../../../../src/engine/models/ollama-pull.ts";
import { PULLABLE } from "../../../support/model-server/model-library.ts";
import { startModelServer } from "../../../support/model-server/model-server.ts";

const never = () => new AbortController().signal;

describe("an Ollama server", () => {
  it("is asked for a context that the request and its answer fit into, and to stay loaded", async () => {
    await using server = await startModelServer({ answer: () => "Да." });
    await using model = new OllamaModel(server.url, "llama3:8b");
    for (const chars of [10, 20_000]) {
      const request = { instructions: "", prompt: "я".repeat(chars), maxOutputTokens: 3000 };
      for await (const event of model.stream(request, never())) expect(event).toBeDefined();
    }
    const contexts = server.requests.map(
      ({ body }) => (body["options"] as { num_ctx: number }).num_ctx,
    );
    expect(contexts[0]).toBe(4096);
    expect(contexts[1]).toBeGreaterThanOrEqual(13_000);
    expect(server.requests[0]?.body["keep_alive"]).toBe("30m");
  });

  it("tells which models it has", async () => {
    await using server = await startModelServer({ answer: () => "", models: ["a:8b", "b:70b"] });
    const models = await ollamaModels(server.url, 5000);
    expect(models.map(({ name }) => name)).toEqual(["a:8b", "b:70b"]);
    expect(largestModel(models)?.name).toBe("b:70b");
  });

  it("translates with none that only searches, or that is somewhere else", async () => {
    const families = ["nomic-bert", "llama", "gemma3"];
    const tags = families.map((family, at) => ({ name: `m${at}`, size: at, details: { family } }));
    const models = [
      ...tags,
      { name: "big-embed", size: 9 },
      { name: "far", size: 0, remote_host: "h" },
    ];
    const answer = () => Promise.resolve(Response.json({ models }));
    vi.stubGlobal("fetch", answer);
    const found = await ollamaModels("http://127.0.0.1:9", 100).finally(() =>
      vi.unstubAllGlobals(),
    );
    expect(found.filter(({ isUsable }) => isUsable).map(({ name }) => name)).toEqual(["m1", "m2"]);
    expect(largestModel(found)?.name).toBe("m2");
  });

  it("pulls a model and tells how far it is", async () => {
    await using server = await startModelServer({ answer: () => "" });
    const heard: PullProgress[] = [];
    await pullOllamaModel(server.url, PULLABLE, (progress) => heard.push(progress), never());
    expect(heard[0]).toEqual({ step: "pulling manifest", layer: undefined });
    const layers = heard.flatMap(({ layer }) => (layer ? [layer] : []));
    expect(layers.map(({ doneBytes, totalBytes }) => doneBytes / totalBytes)).toEqual([0, 0.5, 1]);
    expect(heard.at(-1)?.step).toBe("success");
  });

  it("says that a model does not exist", async () => {
    await using server = await startModelServer({ answer: () => "" });
    const pulled = pullOllamaModel(server.url, "no-such", () => undefined, never());
    await expect(pulled).rejects.toMatchObject({ code: "ENGINE_REJECTED" });
  });

  it("stops a pull with the signal's reason", async () => {
    await using server = await startModelServer({ answer: () => "" });
    const stop = new AbortController();
    const reason = new Error("enough");
    const pulled = pullOllamaModel(server.url, PULLABLE, () => stop.abort(reason), stop.signal);
    await expect(pulled).rejects.toBe(reason);
  });

  it("says that nobody is there when nobody is", async () => {
    const pulled = pullOllamaModel("http://127.0.0.1:9", PULLABLE, () => undefined, never());
    await expect(pulled).rejects.toMatchObject({ code: "ENGINE_UNREACHABLE" });
  });
});
