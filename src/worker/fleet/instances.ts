import type { RemoteEngine } from "../batch-wire.ts";
import type { RemoteWorker } from "./remote-worker.ts";

/** An engine on a worker that batches can go to. */
export interface Instance {
  /** Such as `worker-1/ollama`. */
  readonly id: string;
  readonly worker: RemoteWorker;
  readonly engine: RemoteEngine;
  /** Batches that it takes at the same time. */
  readonly slots: number;
  readonly tags: readonly string[];
}

/** A worker that answers. */
export interface LiveWorker {
  readonly worker: RemoteWorker;
  readonly engines: readonly RemoteEngine[];
  /** `max_capacity`, if the user has set it. */
  readonly maxCapacity: number | undefined;
  readonly tags: readonly string[];
}

/**
 * Requests at the same time by how an engine is paid for, as existing clients know it: API key 3,
 * login 2, local model 1. The draft engine gets a second batch, so that it never waits for one.
 */
const USUAL_SLOTS: Readonly<Record<number, number>> = { 10: 3, 5: 2, 1: 1, 0: 2 };

/**
 * The engines that are used: the best ones first, each with as many requests at the same time as it
 * takes, no worker with more than it bears, and all together not more than the user wants.
 */
export function instancesOf(workers: readonly LiveWorker[], most: number): readonly Instance[] {
  const all = workers.flatMap(({ worker, engines, maxCapacity, tags }) =>
    engines.map((engine) => ({ worker, engine, maxCapacity, tags })),
  );
  const byPriority = all.toSorted((a, b) => b.engine.priority - a.engine.priority);
  const taken = new Map<string, number>();
  let left = most;
  const instances: Instance[] = [];
  for (const { worker, engine, maxCapacity, tags } of byPriority) {
    const used = taken.get(worker.id) ?? 0;
    const wanted = slotsOf(engine, maxCapacity);
    const slots = Math.min(wanted, left, (maxCapacity ?? Infinity) - used);
    if (slots <= 0) continue;
    taken.set(worker.id, used + slots);
    left -= slots;
    instances.push({ id: `${worker.id}/${engine.name}`, worker, engine, slots, tags });
  }
  return instances;
}

function slotsOf({ priority, capacity }: RemoteEngine, maxCapacity: number | undefined): number {
  const usual = USUAL_SLOTS[priority] ?? 1;
  if (priority === 0) return usual;
  return Math.min(capacity, maxCapacity ?? usual);
}
