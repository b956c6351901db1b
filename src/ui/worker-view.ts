import { countText } from "../base/amount.ts";
import type { FbtrEvent } from "../base/events.ts";

/** A worker as the screen shows it. */
export interface WorkerView {
  readonly id: string;
  /** How it is connected, or "offline". */
  readonly state: string;
  /** Batches that it works on. */
  readonly inFlight: number;
  /** Segments that it has translated in this run. */
  readonly segments: number;
}

/** The workers after an event; the same ones if it tells nothing of them. Pure. */
export function workersAfter(
  workers: readonly WorkerView[],
  event: FbtrEvent,
): readonly WorkerView[] {
  switch (event.type) {
    case "distributed_worker_online":
      return changed(workers, event.data.worker_id, () => ({ state: event.data.transport }));
    case "distributed_worker_offline":
      return changed(workers, event.data.worker_id, () => ({ state: "offline" }));
    case "distributed_translation_attempt":
      return changed(workers, event.data.worker_id, ({ inFlight }) => ({ inFlight: inFlight + 1 }));
    case "distributed_translation_success":
      return changed(workers, event.data.worker_id, ({ inFlight, segments }) => {
        return { inFlight: inFlight - 1, segments: segments + event.data.segments };
      });
    case "distributed_translation_failure":
      return changed(workers, event.data.worker_id, ({ inFlight, segments }) => {
        return { inFlight: inFlight - 1, segments: segments + event.data.segments };
      });
    default:
      return workers;
  }
}

function changed(
  workers: readonly WorkerView[],
  id: string,
  change: (worker: WorkerView) => Partial<WorkerView>,
): readonly WorkerView[] {
  const known = workers.find((worker) => worker.id === id);
  const worker = known ?? { id, state: "", inFlight: 0, segments: 0 };
  const now = { ...worker, ...change(worker) };
  return known ? workers.map((other) => (other.id === id ? now : other)) : [...workers, now];
}

/** One line for people. */
export function workerLine({ id, state, inFlight, segments }: WorkerView): string {
  const work = inFlight === 0 ? "" : `, ${countText(inFlight)} in flight`;
  const connected = state === "" ? "" : ` (${state})`;
  return `${id}${connected}: ${countText(segments)} segments${work}`;
}
