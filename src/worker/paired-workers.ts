import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { readPrivateFile, writePrivateFile } from "../base/private-file.ts";
import type { TransportKind } from "../transport/peer.ts";

/** A way to a worker's listener for paired machines. */
export type WorkerEndpoint =
  | { readonly kind: "h3" | "h2"; readonly host: string; readonly port: number }
  /** Path of a socket on the worker, reached through SSH. */
  | { readonly kind: "tunnel"; readonly socket: string };

/** What a worker says that it can do, in the names of the API. */
export interface WorkerCapabilities {
  /** Names of engines that can be used there. */
  readonly providers: readonly string[];
  /** Requests that it takes at the same time. */
  readonly max_concurrent: number;
  readonly supports_batch: boolean;
  readonly supports_websocket: boolean;
  /** Models that run there. */
  readonly local_llms: readonly string[];
  readonly hardware: { readonly cpus: number; readonly memory_bytes: number };
}

/** A machine that we have paired with. */
export interface PairedWorker {
  /** Its name in our configuration, such as `worker-1`. */
  readonly id: string;
  /** Its own name for itself, see `Identity`. */
  readonly machine: string;
  /** Its certificates as PEM: the one in use, and the next one if it was announced. */
  readonly certificates: readonly string[];
  /** The first choice first. */
  readonly endpoints: readonly WorkerEndpoint[];
  /** Version of fbtr there. */
  readonly version: string;
  readonly capabilities: WorkerCapabilities;
  /** ISO 8601, UTC. */
  readonly pairedAt: string;
  /** The way that worked last, tried first the next time. */
  readonly transport?: TransportKind;
  /** The user wants no new work to go there. */
  readonly isDrained: boolean;
}

const FILE = "paired-workers.json";

/** The workers that this state folder has paired with. Read anew each time: processes share it. */
export class PairedWorkers {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = stateFolder;
  }

  /** @throws FbtrError CONFIG_INVALID if others could read the file. */
  all(): readonly PairedWorker[] {
    const text = readPrivateFile(join(this.#folder, FILE));
    return text === undefined ? [] : (JSON.parse(text) as readonly PairedWorker[]);
  }

  find(id: string): PairedWorker | undefined {
    return this.all().find((worker) => worker.id === id);
  }

  /** @throws FbtrError WORKER_UNKNOWN. */
  get(id: string): PairedWorker {
    const worker = this.find(id);
    if (worker) return worker;
    throw new FbtrError("WORKER_UNKNOWN", `there is no paired worker ${id}`, {
      hint: "`fbtr workers list` shows the workers; `fbtr workers pair` pairs with one.",
    });
  }

  /** Adds a worker, or replaces what was known of it. */
  put(worker: PairedWorker): void {
    this.#write([...this.all().filter(({ id }) => id !== worker.id), worker]);
  }

  /** Changes what is known of a worker, if it is still there. */
  update(id: string, change: Partial<PairedWorker>): void {
    const worker = this.find(id);
    if (worker) this.put({ ...worker, ...change });
  }

  /** Forgets a worker; false if it was not known. */
  remove(id: string): boolean {
    const workers = this.all();
    const others = workers.filter((worker) => worker.id !== id);
    if (others.length < workers.length) this.#write(others);
    return others.length < workers.length;
  }

  #write(workers: readonly PairedWorker[]): void {
    mkdirSync(this.#folder, { recursive: true });
    writePrivateFile(join(this.#folder, FILE), `${JSON.stringify(workers, undefined, 2)}\n`);
  }
}
