import { EventBus } from "../base/events.ts";
import { FbtrError } from "../base/errors.ts";
import type { Config } from "../config/fields/all.ts";
import type { Discovery } from "../worker/discovery.ts";
import type { OpenFleet } from "../worker/fleet/open-fleet.ts";
import { configOf, type Surroundings } from "./compose.ts";
import { openWorkers } from "./open-workers.ts";
import { TerminalPrompts, type TrustWishes } from "./ssh-prompts.ts";
import { watchTasks } from "./task-list.ts";
import type { Terminal } from "./terminal.ts";
import type { WorkerFacts } from "./worker-pages.ts";

/** The workers, for one command of `fbtr workers`. Disposing ends the connections. */
export class WorkersRun implements AsyncDisposable {
  readonly workers: OpenFleet;
  readonly #distributed: Config["distributed"];
  readonly #prompts: TerminalPrompts;
  readonly #terminal: Terminal;

  private constructor(
    workers: OpenFleet,
    distributed: Config["distributed"],
    prompts: TerminalPrompts,
    terminal: Terminal,
  ) {
    this.workers = workers;
    this.#distributed = distributed;
    this.#prompts = prompts;
    this.#terminal = terminal;
  }

  /** @throws FbtrError CONFIG_INVALID. */
  static async open(
    terminal: Terminal,
    surroundings: Surroundings,
    version: string,
    wishes: TrustWishes = { acceptNew: false },
  ): Promise<WorkersRun> {
    const { config } = await configOf(surroundings);
    const { distributed } = config;
    const prompts = new TerminalPrompts(terminal, wishes);
    const events = new EventBus(surroundings.clock);
    const workers = await openWorkers(distributed, events, surroundings, version, prompts);
    return new WorkersRun(workers, distributed, prompts, terminal);
  }

  /**
   * Ids that a command is about: those named, else all that are configured.
   *
   * @throws FbtrError WORKER_UNKNOWN.
   */
  named(ids: readonly string[]): readonly string[] {
    if (ids.length === 0) return this.workers.desk.configured;
    for (const id of ids) if (!(id in this.#distributed.workers)) throw unknownWorker(id);
    return ids;
  }

  /**
   * Looks for workers, with a list on a terminal. Those who need a word of the user are asked for
   * afterwards, one after the other.
   */
  async discover(ids: readonly string[], start: boolean): Promise<readonly Discovery[]> {
    const { desk } = this.workers;
    const look = async (id: string): Promise<Discovery> => {
      const [found] = await desk.discover([id], { start });
      if (found === undefined) throw unknownWorker(id);
      return found;
    };
    const found = await watchTasks(this.#terminal, ids, look, ({ state }) => state);
    if (!this.#prompts.hasUser) return found;
    this.#prompts.mayAsk = true;
    const all: Discovery[] = [];
    for (const one of found) all.push(needsWord(one) ? await look(one.id) : one);
    return all;
  }

  /** Does something with each worker, one after the other where the user may be asked. */
  async forEach<T>(ids: readonly string[], work: (id: string) => Promise<T>): Promise<T[]> {
    this.#prompts.mayAsk = this.#prompts.hasUser;
    if (this.#prompts.mayAsk) {
      const results: T[] = [];
      for (const id of ids) results.push(await work(id));
      return results;
    }
    return Promise.all(ids.map(work));
  }

  /** What is known of all workers, after a look at those that are paired. */
  async facts(): Promise<readonly WorkerFacts[]> {
    const { fleet, paired } = this.workers;
    await fleet.look(new AbortController().signal);
    const { statuses } = fleet;
    const known = new Map(paired.all().map((worker) => [worker.id, worker]));
    const ids = new Set([...Object.keys(this.#distributed.workers), ...known.keys()]);
    return [...ids].map((id): WorkerFacts => {
      const settings = this.#distributed.workers[id];
      return {
        id,
        name: settings?.name ?? id,
        host: settings?.host ?? "",
        enabled: settings?.enabled ?? false,
        tags: settings?.tags ?? [],
        maxCapacity: settings?.max_capacity,
        paired: known.get(id),
        status: statuses.find((status) => status.id === id),
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.workers[Symbol.asyncDispose]();
  }
}

/** Whether the user can change with a word what was found. */
function needsWord({ state }: Discovery): boolean {
  return state === "host unknown" || state === "login refused";
}

export function unknownWorker(id: string): FbtrError {
  return new FbtrError("WORKER_UNKNOWN", `the configuration has no worker ${id}`, {
    hint: "`fbtr workers list` shows the workers; `fbtr workers add` adds one.",
  });
}
