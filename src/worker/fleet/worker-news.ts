import type { EventBus, FbtrEvent } from "../../base/events.ts";
import type { RemoteWorker } from "./remote-worker.ts";

/**
 * Tells here what a worker tells of our work, in its order, with the worker named, as long as it is
 * connected. A later call goes on where an earlier one has ended.
 */
export class WorkerNews {
  readonly #worker: RemoteWorker;
  readonly #events: EventBus;
  #since: string | undefined;

  constructor(worker: RemoteWorker, events: EventBus) {
    this.#worker = worker;
    this.#events = events;
  }

  /** @throws why the connection ended; the signal's reason. */
  async follow(signal: AbortSignal): Promise<void> {
    for await (const line of this.#worker.events(this.#since, signal)) {
      // An empty line says that the worker is there.
      if (line === "") continue;
      const event = JSON.parse(line) as FbtrEvent;
      this.#since = event.id;
      // What it says of workers of its own is nobody's business here.
      if (!("worker_id" in event.data)) this.#events.relay(event, { worker_id: this.#worker.id });
    }
  }
}
