import { sleep } from "../../base/abort.ts";
import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import type { TransportKind } from "../../transport/peer.ts";
import type { PairedWorker } from "../paired-workers.ts";
import { instancesOf, type Instance, type LiveWorker } from "./instances.ts";
import type { RemoteWorker, WorkerReport } from "./remote-worker.ts";
import { WorkerNews } from "./worker-news.ts";

/** A worker that is paired stays paired: what changes is whether it answers. */
export type WorkerState = "paired" | "offline" | "drained";

/** What is known of a worker now. */
export interface WorkerStatus {
  readonly id: string;
  readonly state: WorkerState;
  /** How it is connected; undefined while it is not. */
  readonly transport: TransportKind | undefined;
  /** What it said last. */
  readonly report: WorkerReport | undefined;
  /** Why it is offline. */
  readonly error: string | undefined;
}

/** What the configuration says of a worker. */
export interface WorkerSettings {
  readonly enabled: boolean;
  readonly max_capacity?: number | undefined;
  readonly tags: readonly string[];
}

export interface FleetParts {
  /** The workers that are paired now. */
  readonly paired: () => readonly PairedWorker[];
  /** What the configuration says of them, by id; a worker that it does not name is not used. */
  readonly settings: () => Readonly<Record<string, WorkerSettings>>;
  /** Connects to a worker when it is asked first. */
  readonly open: (worker: PairedWorker) => RemoteWorker;
  readonly events: EventBus;
  readonly limits: () => FleetLimits;
}

export interface FleetLimits {
  /** `distributed.max_remote_instances`. */
  readonly maxInstances: number;
  /** Milliseconds between two looks at the health of the workers. */
  readonly healthIntervalMs: number;
  /** Milliseconds to wait for an answer to such a look. */
  readonly healthTimeoutMs: number;
}

interface Member {
  readonly worker: RemoteWorker;
  readonly news: WorkerNews;
  isFollowed: boolean;
  report: WorkerReport | undefined;
  /** Why it does not answer; undefined: it does, or was not asked yet. */
  error: string | undefined;
}

/** The paired workers, and who of them answers. Disposing ends the connections, not the pairings. */
export class WorkerFleet implements AsyncDisposable {
  readonly #parts: FleetParts;
  readonly #members = new Map<string, Member>();
  readonly #end = new AbortController();
  #watching: Promise<void> | undefined;
  #told = "";

  constructor(parts: FleetParts) {
    this.#parts = parts;
  }

  /** Every paired worker. */
  get statuses(): readonly WorkerStatus[] {
    return this.#parts.paired().map(({ id, isDrained }) => {
      const member = this.#members.get(id);
      const state = isDrained ? "drained" : member?.report && !member.error ? "paired" : "offline";
      const { report, error, worker } = member ?? {};
      return { id, state, transport: worker?.transport, report, error };
    });
  }

  /** The engines that work can go to now, the best ones first. */
  get instances(): readonly Instance[] {
    const settings = this.#parts.settings();
    const live = this.#parts.paired().flatMap(({ id, isDrained }): LiveWorker[] => {
      const member = this.#members.get(id);
      const own = settings[id];
      if (isDrained || !own?.enabled || !member?.report || member.error) return [];
      const { worker, report } = member;
      return [{ worker, engines: report.engines, maxCapacity: own.max_capacity, tags: own.tags }];
    });
    return instancesOf(live, this.#parts.limits().maxInstances);
  }

  /** Asks every worker how it is. Never throws for a worker that does not answer. */
  async look(signal: AbortSignal): Promise<void> {
    const members = await this.#membersNow();
    await Promise.all(members.map((member) => this.#lookAt(member, signal)));
    signal.throwIfAborted();
    this.#tellInstances();
  }

  /** Goes on looking until the fleet is disposed of. */
  watch(): void {
    this.#watching ??= this.#watch();
  }

  /** Hears that a worker has failed where work was given to it. */
  lost(worker: RemoteWorker, error: FbtrError): void {
    const member = this.#members.get(worker.id);
    if (member?.worker === worker) this.#wentOffline(member, error);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new FbtrError("CANCELLED", "the fleet was left"));
    await this.#watching;
    const members = [...this.#members.values()];
    this.#members.clear();
    await Promise.all(members.map(({ worker }) => worker[Symbol.asyncDispose]()));
  }

  async #watch(): Promise<void> {
    const { signal } = this.#end;
    try {
      for (;;) {
        await sleep(this.#parts.limits().healthIntervalMs, signal);
        await this.look(signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** A worker that was paired anew has other keys: it is connected to anew. */
  async #membersNow(): Promise<readonly Member[]> {
    const paired = this.#parts.paired();
    for (const [id, { worker }] of this.#members) {
      const now = paired.find((other) => other.id === id);
      if (now && isSame(now, worker.paired)) continue;
      this.#members.delete(id);
      await worker[Symbol.asyncDispose]();
    }
    for (const worker of paired) {
      if (this.#members.has(worker.id)) continue;
      this.#members.set(worker.id, this.#memberOf(worker));
    }
    return [...this.#members.values()];
  }

  #memberOf(paired: PairedWorker): Member {
    const worker = this.#parts.open(paired);
    const news = new WorkerNews(worker, this.#parts.events);
    return { worker, news, isFollowed: false, report: undefined, error: undefined };
  }

  /** Hears the worker's events; when that breaks off, the worker is gone. */
  async #follow(member: Member): Promise<void> {
    if (member.isFollowed) return;
    member.isFollowed = true;
    try {
      await member.news.follow(this.#end.signal);
    } catch (error) {
      if (!this.#end.signal.aborted) this.#wentOffline(member, error);
    } finally {
      member.isFollowed = false;
    }
  }

  async #lookAt(member: Member, signal: AbortSignal): Promise<void> {
    const { healthTimeoutMs } = this.#parts.limits();
    const within = AbortSignal.any([signal, AbortSignal.timeout(healthTimeoutMs)]);
    try {
      const report = await member.worker.report(within);
      this.#cameOnline(member, report);
    } catch (error) {
      if (signal.aborted) return;
      this.#wentOffline(member, error);
    }
  }

  #cameOnline(member: Member, report: WorkerReport): void {
    const { worker } = member;
    const isNews = member.report === undefined || member.error !== undefined;
    member.report = report;
    member.error = undefined;
    void this.#follow(member);
    if (!isNews) return;
    const transport = worker.transport ?? "tunnel";
    const message = `Remote worker ${worker.id} is online (${transport})`;
    const data = { worker_id: worker.id, transport };
    this.#parts.events.emit("distributed_worker_online", "system", message, data);
  }

  #wentOffline(member: Member, cause: unknown): void {
    const isNews = member.error === undefined;
    const { worker } = member;
    member.error = cause instanceof Error ? cause.message : String(cause);
    if (!isNews) return;
    const message = `Remote worker ${worker.id} went offline`;
    const data = { worker_id: worker.id, error: member.error };
    this.#parts.events.emit("distributed_worker_offline", "system", message, data);
  }

  #tellInstances(): void {
    const { instances } = this;
    const workers = [...new Set(instances.map(({ worker }) => worker.id))];
    const remote_instances = instances.reduce((sum, { slots }) => sum + slots, 0);
    const told = JSON.stringify([workers, remote_instances]);
    if (told === this.#told) return;
    this.#told = told;
    const message = `${remote_instances} instances on ${workers.length} workers`;
    const data = { remote_instances, workers };
    this.#parts.events.emit("distributed_instances_discovered", "system", message, data);
  }
}

function isSame(a: PairedWorker, b: PairedWorker): boolean {
  const keys = ({ machine, certificates, endpoints, pairedAt }: PairedWorker) =>
    JSON.stringify([machine, certificates, endpoints, pairedAt]);
  return keys(a) === keys(b);
}
