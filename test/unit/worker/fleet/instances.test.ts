import { expect, it } from "vitest";

import type { RemoteEngine } from "../../../../src/worker/batch-wire.ts";
import { instancesOf, type LiveWorker } from "../../../../src/worker/fleet/instances.ts";
import type { RemoteWorker } from "../../../../src/worker/fleet/remote-worker.ts";
import { DRAFT_ENGINE } from "../../../support/fleet.ts";

const OPENAI: RemoteEngine = { ...DRAFT_ENGINE, name: "openai", priority: 10, capacity: 16 };
const QWEN: RemoteEngine = { ...DRAFT_ENGINE, name: "qwen", priority: 5, capacity: 16 };
const OLLAMA: RemoteEngine = { ...DRAFT_ENGINE, name: "ollama", priority: 1, capacity: 4 };

function live(id: string, engines: readonly RemoteEngine[], maxCapacity?: number): LiveWorker {
  return { worker: { id } as RemoteWorker, engines, maxCapacity, tags: [] };
}

const shown = (workers: readonly LiveWorker[], most = 20) =>
  instancesOf(workers, most).map(({ id, slots }) => `${id} ${slots}`);

it("uses three requests of a key, two of a login, one of a local model", () => {
  const workers = [live("a", [OLLAMA, QWEN, OPENAI])];
  expect(shown(workers)).toEqual(["a/openai 3", "a/qwen 2", "a/ollama 1"]);
});

it("puts the engines of all workers in the order of their priority", () => {
  const workers = [live("a", [DRAFT_ENGINE, OLLAMA]), live("b", [OPENAI])];
  expect(shown(workers)).toEqual(["b/openai 3", "a/ollama 1", "a/draft 2"]);
});

it("takes as many as max_capacity says, and as the engine bears", () => {
  expect(shown([live("a", [OPENAI], 10)])).toEqual(["a/openai 10"]);
  expect(shown([live("a", [OPENAI], 50)])).toEqual(["a/openai 16"]);
});

it("gives no worker more than max_capacity, whatever engines it has", () => {
  expect(shown([live("a", [OPENAI, OLLAMA, DRAFT_ENGINE], 2)])).toEqual(["a/openai 2"]);
});

it("uses no more than max_remote_instances of all workers, the best ones", () => {
  const workers = [live("a", [DRAFT_ENGINE]), live("b", [OPENAI]), live("c", [OPENAI])];
  expect(shown(workers, 4)).toEqual(["b/openai 3", "c/openai 1"]);
});
