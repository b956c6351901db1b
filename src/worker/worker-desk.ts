import { hostname } from "node:os";

import type { Clock } from "../base/clock.ts";
import { FbtrError } from "../base/errors.ts";
import type { EventBus } from "../base/events.ts";
import type { Config } from "../config/fields/all.ts";
import { announceNextKey, loadIdentity, switchToNextKey } from "../transport/identity.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { discover, type Discovery } from "./discovery.ts";
import type { PairedWorker, PairedWorkers } from "./paired-workers.ts";
import type { ReleaseReply } from "./pairing/messages.ts";
import {
  askWorker,
  pairWith,
  startWorker,
  unpairFrom,
  type PairingParts,
} from "./pairing/pairing.ts";
import { WorkerShell } from "./pairing/worker-shell.ts";
import { install, rollBack, type OwnPackage } from "./provision/provisioning.ts";
import { sshDefaultsOf } from "./ssh/create-pool.ts";
import type { SshConnection, SshTarget } from "./ssh/ssh-client.ts";
import type { SshPool } from "./ssh/ssh-pool.ts";
import { targetOf } from "./ssh/ssh-target.ts";

export interface WorkerDeskParts {
  readonly distributed: () => Config["distributed"];
  readonly stateFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly ssh: SshPool;
  readonly paired: PairedWorkers;
  readonly audit: AuditTrail;
  readonly events: EventBus;
  /** Version of fbtr here. */
  readonly version: string;
}

export interface DeskWishes {
  /** Starts daemons that do not run. */
  readonly start?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is done with workers over SSH: the command line and the daemon do it by the same code. */
export class WorkerDesk {
  readonly #parts: WorkerDeskParts;

  constructor(parts: WorkerDeskParts) {
    this.#parts = parts;
  }

  /** Ids of the workers that the configuration names and does not switch off. */
  get configured(): readonly string[] {
    const workers = Object.entries(this.#parts.distributed().workers);
    return workers.flatMap(([id, { enabled }]) => (enabled ? [id] : []));
  }

  /**
   * Looks for workers, side by side.
   *
   * @param ids names of workers, or hosts of the user's ssh configuration.
   * @param onFound hears of each as soon as it is known.
   */
  async discover(
    ids: readonly string[],
    { start = false, signal }: DeskWishes,
    onFound: (found: Discovery) => void = () => undefined,
  ): Promise<readonly Discovery[]> {
    const { paired, version, events } = this.#parts;
    return Promise.all(
      ids.map(async (id) => {
        const { name, host } = this.#called(id);
        const open = () => this.#shell(id);
        const looked = await discover(id, host, open, paired, { start, version, signal });
        const found = this.configured.includes(id) ? looked : addFirst(looked);
        if (found.report) {
          const { capabilities, version: theirs } = found.report;
          const data = { worker_id: id, worker_name: name, host, capabilities, version: theirs };
          events.emit("distributed_worker_discovered", "system", `Discovered worker ${id}`, data);
        }
        onFound(found);
        return found;
      }),
    );
  }

  /** @throws FbtrError SSH_*, WORKER_UNFIT, PAIRING_FAILED, CONFIG_INVALID. */
  async pair(id: string, { start = false, signal }: DeskWishes = {}): Promise<PairedWorker> {
    const shell = await this.#shell(id);
    if (start) await startWorker(shell, signal);
    const worker = await pairWith(id, shell, await this.#pairing(), signal);
    const { name, host } = this.#called(id);
    const { capabilities } = worker;
    const data = { worker_id: id, worker_name: name, host, capabilities };
    const message = `Paired with worker ${id}`;
    this.#parts.events.emit("distributed_worker_paired", "system", message, data);
    return worker;
  }

  /**
   * Pairs with all configured workers that can be found. What goes wrong with one of them is told as
   * an event, and does not hold up the others.
   */
  async pairAll({ start, signal }: DeskWishes): Promise<readonly Discovery[]> {
    const found = await this.discover(this.configured, { start, signal });
    const usable = found.filter(({ state }) => state === "ready" || state === "daemon down");
    await Promise.all(
      usable.filter(({ isPaired }) => !isPaired).map(({ id }) => this.#pairOrTell(id, signal)),
    );
    for (const { id, problem } of found) if (problem !== undefined) this.#warn(id, problem);
    return found;
  }

  /** Pairs with those configured workers that are not paired. Nobody else is asked anything. */
  async pairMissing(signal: AbortSignal): Promise<void> {
    const { paired } = this.#parts;
    const missing = this.configured.filter((id) => paired.find(id) === undefined);
    await Promise.all(missing.map((id) => this.#pairOrTell(id, signal)));
  }

  /**
   * @returns why the worker could not be told; undefined if it was.
   * @throws FbtrError WORKER_UNKNOWN.
   */
  async unpair(id: string, signal?: AbortSignal): Promise<FbtrError | undefined> {
    const { name } = this.#called(id);
    const isConfigured = id in this.#parts.distributed().workers;
    this.#parts.paired.get(id);
    const shell = isConfigured ? await this.#shell(id) : undefined;
    const failure = await unpairFrom(id, shell, await this.#pairing(), signal);
    const data = { worker_id: id, worker_name: name };
    this.#parts.events.emit("distributed_worker_unpaired", "system", `Unpaired ${id}`, data);
    return failure;
  }

  /**
   * Changes our own key: it is announced to every paired worker, taken into use when all know it,
   * and the old one is dropped. What fails before leaves the old key in use; run again it goes on.
   *
   * @returns workers that still let the old key in, with the reason: pair with them again.
   * @throws FbtrError why a worker could not be told.
   */
  async rotateKey(signal?: AbortSignal): Promise<ReadonlyMap<string, FbtrError>> {
    const { stateFolder, clock, paired } = this.#parts;
    const ids = paired.all().map(({ id }) => id);
    await announceNextKey(stateFolder, clock);
    await Promise.all(ids.map((id) => this.pair(id, { signal })));
    await switchToNextKey(stateFolder, clock);
    const late = new Map<string, FbtrError>();
    for (const id of ids) {
      try {
        await this.pair(id, { signal });
      } catch (error) {
        if (!(error instanceof FbtrError)) throw error;
        late.set(id, error);
      }
    }
    this.#parts.audit.add("user", "key_rotated", { workers: ids.join(" ") });
    return late;
  }

  /**
   * Brings this very fbtr to a worker, or puts the version in use again that was there before, and
   * starts its daemon. Pairings stay.
   *
   * @throws FbtrError SSH_*; WORKER_UNFIT if it cannot run there, or another fbtr stands before it.
   */
  async provision(
    id: string,
    own: OwnPackage | "the version before",
    signal?: AbortSignal,
  ): Promise<ReleaseReply> {
    const { ssh, paired, audit, events } = this.#parts;
    const work = (connection: SshConnection) =>
      own === "the version before"
        ? rollBack(connection, signal)
        : install(own, connection, signal);
    const installed = await ssh.use(await this.target(id), work, signal);
    const { version, release } = installed;
    audit.add("user", "worker_provisioned", { worker: id, release });
    paired.update(id, { version });
    const data = { worker_id: id, version };
    events.emit("distributed_worker_updated", "system", `Worker ${id} has fbtr ${version}`, data);
    const { version: found } = await askWorker(await this.#shell(id), signal);
    if (found === version) return installed;
    throw new FbtrError(
      "WORKER_UNFIT",
      `${id} has fbtr ${version} now, but ${found} is found first`,
      {
        hint: `Take the other one away there, or set distributed.workers.${id}.command to ~/.local/bin/fbtr.`,
      },
    );
  }

  /** How a worker is reached over SSH. */
  async target(id: string): Promise<SshTarget> {
    const distributed = this.#parts.distributed();
    const settings = distributed.workers[id];
    const defaults = sshDefaultsOf(distributed, this.#parts.environment);
    return targetOf({ ...settings, host: settings?.host ?? id }, defaults);
  }

  async #pairOrTell(id: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.pair(id, { signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof FbtrError)) throw error;
      this.#warn(id, error.message);
    }
  }

  #warn(id: string, error: string): void {
    const data = { worker_id: id, error };
    this.#parts.events.emit("distributed_warning", "system", `Worker ${id}: ${error}`, data);
  }

  async #shell(id: string): Promise<WorkerShell> {
    const command = this.#parts.distributed().workers[id]?.command;
    return new WorkerShell(this.#parts.ssh, await this.target(id), command);
  }

  async #pairing(): Promise<PairingParts> {
    const { stateFolder, clock, paired, audit } = this.#parts;
    const identity = await loadIdentity(stateFolder, clock);
    return { identity, rootName: hostname(), paired, audit, clock };
  }

  /** What a worker is called, and where it is, for people. */
  #called(id: string): { readonly name: string; readonly host: string } {
    const { name = id, host = id } = this.#parts.distributed().workers[id] ?? {};
    return { name, host };
  }
}

/** A host of the user's ssh configuration is no worker yet. */
function addFirst(found: Discovery): Discovery {
  if (found.report === undefined) return found;
  return { ...found, advice: `Add it with \`fbtr workers add ${found.id} ${found.host}\`.` };
}
