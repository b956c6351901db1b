import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import type { EngineChoice, Languages } from "../../engine/registry.ts";
import type { Answer, Priority, Translator } from "../../engine/translator.ts";
import type { Batch } from "../../plan/batch.ts";
import type { Instance } from "./instances.ts";
import type { WorkerFleet } from "./worker-fleet.ts";

export interface FleetTranslatorParts {
  readonly fleet: WorkerFleet;
  readonly languages: Languages;
  /** The engines that may be used: those of this kind are as good as each other. */
  readonly isMeant: (instance: Instance) => boolean;
  readonly name: string;
  readonly version: string;
  readonly priority: Priority;
  readonly isPersistent: boolean;
  /** The same engine on this machine, for when no worker is left. */
  readonly local: EngineChoice | undefined;
  readonly events: EventBus;
}

/**
 * Many engines on many workers as one translator. Batches go round; a batch whose worker fails goes
 * to the next one, with what is still missing of it, and the worker gets nothing more until it has
 * answered a look at its health.
 */
export class FleetTranslator implements Translator {
  readonly name: string;
  readonly version: string;
  readonly priority: Priority;
  readonly isPersistent: boolean;
  readonly capacity: number;
  readonly #parts: FleetTranslatorParts;
  readonly #inFlight = new Map<string, number>();
  /** Settled whenever an instance has become free. */
  #freed = Promise.withResolvers<void>();
  #turn = 0;
  #local: Promise<Translator> | undefined;

  constructor(parts: FleetTranslatorParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.version = parts.version;
    this.priority = parts.priority;
    this.isPersistent = parts.isPersistent;
    this.capacity = this.#usable().reduce((sum, { slots }) => sum + slots, 0);
  }

  async *translate(batch: Batch, signal: AbortSignal): AsyncGenerator<Answer> {
    const missing = new Map(batch.segments.map((segment) => [segment.index, segment]));
    const tried = new Set<string>();
    let cause: FbtrError | undefined;
    while (missing.size > 0) {
      const instance = await this.#take(tried, signal);
      if (instance === undefined) {
        yield* this.#translateHere({ ...batch, segments: [...missing.values()] }, cause, signal);
        return;
      }
      tried.add(instance.id);
      try {
        const open = { ...batch, segments: [...missing.values()] };
        for await (const answer of this.#ask(instance, open, tried.size, signal)) {
          missing.delete(answer.index);
          yield answer;
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        cause = this.#heard(instance, error);
      } finally {
        this.#give(instance);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const local = await this.#local?.catch(() => undefined);
    await local?.[Symbol.asyncDispose]();
  }

  async *#ask(
    { id, worker, engine }: Instance,
    batch: Batch,
    attempt: number,
    signal: AbortSignal,
  ): AsyncGenerator<Answer> {
    const { events, languages, name } = this.#parts;
    const session = batch.session ?? "system";
    const told = { instance_id: id, worker_id: worker.id };
    const message = `Attempting distributed translation with ${id}`;
    const data = { ...told, provider: engine.name, attempt };
    events.emit("distributed_translation_attempt", session, message, data);
    const { from, to } = languages;
    const request = { batch, engine: engine.name, from, to, session };
    let segments = 0;
    try {
      for await (const answer of worker.translate(request, signal)) {
        segments += 1;
        // An engine that is not what the whole goes by is named, like a fallback.
        yield engine.name === name ? answer : { fallback: engine.name, ...answer };
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const failure = { ...told, segments, error: reason };
      const news = `${id} failed: ${reason}`;
      events.emit("distributed_translation_failure", session, news, failure);
      throw error;
    }
    const success = { ...told, segments };
    events.emit("distributed_translation_success", session, `Translated by ${id}`, success);
  }

  /** @throws the error, if another worker cannot do better. */
  #heard({ worker }: Instance, error: unknown): FbtrError {
    if (!(error instanceof FbtrError)) throw error;
    if (error.verdict.retry !== "other-place") throw error;
    if (error.code.startsWith("WORKER_")) this.#parts.fleet.lost(worker, error);
    return error;
  }

  /** This machine's own engine. @throws why no worker could do it, if there is none. */
  async *#translateHere(
    batch: Batch,
    cause: FbtrError | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Answer> {
    const { local, events } = this.#parts;
    if (local === undefined) {
      throw cause && !cause.code.startsWith("WORKER_") ? cause : noWorker(cause);
    }
    if (this.#local === undefined) {
      const error = cause?.message ?? "no worker answers";
      const message = `No worker is left: ${local.name} on this machine goes on`;
      const data = { provider: local.name, error };
      events.emit("distributed_fallback", batch.session ?? "system", message, data);
    }
    this.#local ??= local.open();
    yield* (await this.#local).translate(batch, signal);
  }

  #usable(): readonly Instance[] {
    return this.#parts.fleet.instances.filter((instance) => this.#parts.isMeant(instance));
  }

  /** The next free instance in turn, when there is one; undefined if none is left to try. */
  async #take(tried: ReadonlySet<string>, signal: AbortSignal): Promise<Instance | undefined> {
    for (;;) {
      signal.throwIfAborted();
      const left = this.#usable().filter(({ id }) => !tried.has(id));
      if (left.length === 0) return undefined;
      const free = left.filter(({ id, slots }) => (this.#inFlight.get(id) ?? 0) < slots);
      const instance = free[this.#turn % Math.max(1, free.length)];
      if (instance) {
        this.#turn += 1;
        this.#inFlight.set(instance.id, (this.#inFlight.get(instance.id) ?? 0) + 1);
        return instance;
      }
      await this.#freed.promise;
    }
  }

  #give({ id }: Instance): void {
    this.#inFlight.set(id, (this.#inFlight.get(id) ?? 1) - 1);
    this.#freed.resolve();
    this.#freed = Promise.withResolvers();
  }
}

function noWorker(cause: FbtrError | undefined): FbtrError {
  const reason = cause === undefined ? "none answers" : cause.message;
  return new FbtrError("WORKERS_UNAVAILABLE", `no worker can be used: ${reason}`, {
    hint: "See `fbtr workers list`. The job goes on where it stopped when you run it again.",
    cause,
  });
}
