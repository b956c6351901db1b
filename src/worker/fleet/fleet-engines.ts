import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import type {
  EngineChoice,
  EngineWishes,
  LocalEngine,
  RemoteEngines,
} from "../../engine/registry.ts";
import type { Priority } from "../../engine/translator.ts";
import { FleetTranslator } from "./fleet-translator.ts";
import type { Instance } from "./instances.ts";
import type { WorkerFleet } from "./worker-fleet.ts";

/** Name that stands for whatever engines the workers have. */
const DISTRIBUTED = "distributed";

/** The engines of a fleet, for the choice of an engine. */
export class FleetEngines implements RemoteEngines {
  readonly #fleet: WorkerFleet;
  readonly #events: EventBus;
  readonly #prepare: (signal: AbortSignal) => Promise<void>;

  /** @param prepare finds the workers before the first choice. */
  constructor(
    fleet: WorkerFleet,
    events: EventBus,
    prepare: (signal: AbortSignal) => Promise<void>,
  ) {
    this.#fleet = fleet;
    this.#events = events;
    this.#prepare = prepare;
  }

  get composition(): string {
    const { instances } = this.#fleet;
    return JSON.stringify(instances.map(({ id, engine, slots }) => [id, engine.version, slots]));
  }

  /**
   * The best engines that workers have, unless this machine has a better one. Those that are equally
   * good work together; if they are all the same engine, the work is the same as if it had been done
   * here, and a job of one is a job of the other.
   */
  async choose(
    wishes: EngineWishes,
    local: LocalEngine | undefined,
  ): Promise<EngineChoice | undefined> {
    await this.#prepare(new AbortController().signal);
    const usable = this.#fleet.instances.filter((instance) => isWanted(instance, wishes));
    const [best] = usable;
    if (best === undefined) {
      if (wishes.engine === DISTRIBUTED) throw unavailable();
      return undefined;
    }
    const { priority } = best.engine;
    if (wishes.engine === undefined && local && local.priority > priority) return undefined;
    const together = usable.filter(({ engine }) => engine.priority === priority);
    return this.#choiceOf(together, wishes, local);
  }

  #choiceOf(
    together: readonly Instance[],
    wishes: EngineWishes,
    local: LocalEngine | undefined,
  ): EngineChoice {
    const { engine } = together[0]!;
    const isSame = ({ engine: other }: Instance) =>
      other.name === engine.name && other.version === engine.version;
    const isUniform = together.every(isSame);
    const isTier = (instance: Instance) =>
      isWanted(instance, wishes) && instance.engine.priority === engine.priority;
    const name = isUniform ? engine.name : DISTRIBUTED;
    const version = isUniform ? engine.version : DISTRIBUTED;
    return {
      name,
      model: isUniform ? engine.model : undefined,
      reason: `on ${[...new Set(together.map(({ worker }) => worker.id))].join(", ")}`,
      open: async () =>
        new FleetTranslator({
          fleet: this.#fleet,
          languages: wishes,
          isMeant: isUniform ? isSame : isTier,
          name,
          version,
          priority: engine.priority as Priority,
          isPersistent: together.some(({ engine: { is_persistent } }) => is_persistent),
          local: isUniform && local?.choice.name === name ? local.choice : undefined,
          events: this.#events,
        }),
    };
  }
}

function isWanted({ engine }: Instance, { engine: wanted, from, to }: EngineWishes): boolean {
  // The draft engine knows one pair of languages.
  if (engine.name === "draft" && (from !== "ru" || to !== "sr")) return false;
  return wanted === undefined || wanted === DISTRIBUTED || wanted === engine.name;
}

function unavailable(): FbtrError {
  return new FbtrError("WORKERS_UNAVAILABLE", "no worker can be used", {
    hint: "See `fbtr workers list`, or leave out --engine to translate on this machine.",
  });
}
