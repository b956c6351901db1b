import { afterAll, beforeAll, expect, it, vi } from "vitest";

import type { PeerListener } from "../../../../src/transport/peer.ts";
import type { PairedWorker } from "../../../../src/worker/paired-workers.ts";
import {
  DRAFT_ENGINE,
  fleetOf,
  listenFor,
  pairedWith,
  reportOf,
  twoMachines,
  workerHandler,
  type FleetWorker,
  type TwoMachines,
} from "../../../support/fleet.ts";

let machines: TwoMachines;
const signal = new AbortController().signal;
const opened: AsyncDisposable[] = [];

beforeAll(async () => {
  machines = await twoMachines();
});
afterAll(async () => {
  for (const one of opened) await one[Symbol.asyncDispose]();
});

async function listen(): Promise<PeerListener> {
  const report = () => reportOf(machines.worker.id, [DRAFT_ENGINE]);
  const listener = await listenFor(
    machines,
    workerHandler(report, async function* () {
      yield { done: true };
    }),
  );
  opened.push(listener);
  return listener;
}

async function worker(id: string, more: Partial<PairedWorker> = {}): Promise<FleetWorker> {
  return { listener: await listen(), machines, paired: pairedWith(id, machines.worker.id, more) };
}

it("finds out who answers, and tells what can be used", async () => {
  await using made = fleetOf([await worker("w1"), await worker("w2")]);
  await made.fleet.look(signal);
  expect(made.fleet.statuses).toMatchObject([
    { id: "w1", state: "paired", transport: "h2" },
    { id: "w2", state: "paired", transport: "h2" },
  ]);
  expect(made.events.at(-1)).toMatchObject({
    type: "distributed_instances_discovered",
    session_id: "system",
    data: { remote_instances: 4, workers: ["w1", "w2"] },
  });
});

it("keeps a worker paired that does not answer, and says why it is offline", async () => {
  const gone = await worker("w1");
  await gone.listener[Symbol.asyncDispose]();
  await using made = fleetOf([gone]);
  await made.fleet.look(signal);
  await made.fleet.look(signal);
  expect(made.fleet.statuses).toMatchObject([
    { id: "w1", state: "offline", error: expect.stringContaining("ECONNREFUSED") as string },
  ]);
  // Told once, not at each look.
  expect(made.events.map(({ type }) => type)).toEqual([
    "distributed_worker_offline",
    "distributed_instances_discovered",
  ]);
});

it("notices without being asked that a worker goes, and uses it again when it is back", async () => {
  const first = await worker("w1");
  const now = { ...first };
  await using made = fleetOf([now]);
  await made.fleet.look(signal);
  made.fleet.watch();
  await now.listener[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(made.fleet.statuses[0]?.state).toBe("offline"), 5000);
  now.listener = await listen();
  // A link knows where it leads to: the worker is paired anew, at another port.
  now.paired = { ...now.paired, pairedAt: "2026-02-02T00:00:00.000Z" };
  await vi.waitFor(() => expect(made.fleet.statuses[0]?.state).toBe("paired"), 5000);
  const types = made.events.map(({ type }) => type);
  expect(types.filter((type) => type.startsWith("distributed_worker"))).toEqual([
    "distributed_worker_online",
    "distributed_worker_offline",
    "distributed_worker_online",
  ]);
});

it("gives nothing to a worker that is drained", async () => {
  await using made = fleetOf([await worker("w1", { isDrained: true }), await worker("w2")]);
  await made.fleet.look(signal);
  expect(made.fleet.statuses[0]).toMatchObject({ id: "w1", state: "drained" });
  expect(made.fleet.instances.map(({ id }) => id)).toEqual(["w2/draft"]);
});

it("gives nothing to a worker that the configuration does not enable", async () => {
  const settings = () => ({ w1: { enabled: false, tags: [] } });
  await using made = fleetOf([await worker("w1"), await worker("w2")], { settings });
  await made.fleet.look(signal);
  expect(made.fleet.instances).toEqual([]);
});

it("does not take another machine for the one that it has paired with", async () => {
  const other = await worker("w1", { machine: "another" });
  await using made = fleetOf([other]);
  await made.fleet.look(signal);
  expect(made.fleet.statuses[0]).toMatchObject({
    state: "offline",
    error: "w1 answers as another machine",
  });
});
