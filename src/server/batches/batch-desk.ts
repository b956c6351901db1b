import { setTimeout as wait } from "node:timers/promises";

import { sha256 } from "../../base/digest.ts";
import { FbtrError } from "../../base/errors.ts";
import type { EventBus } from "../../base/events.ts";
import type { EngineParts } from "../../engine/registry.ts";
import type { Translator } from "../../engine/translator.ts";
import { BEAT_MS, type BatchLine, type BatchRequest } from "../../worker/batch-wire.ts";
import type { EnginePool } from "../texts/engine-pool.ts";
import { RunningBatch } from "./running-batch.ts";

export interface BatchDeskParts {
  readonly pool: EnginePool;
  readonly engineParts: () => EngineParts;
  readonly events: EventBus;
}

/** Answers that are kept for a root that asks again, since it has not got the end of them. */
const KEPT_MS = 60_000;
const MAX_KEPT = 256;
/** Sessions of a machine that its events are told of. */
const MAX_SESSIONS = 10_000;

/**
 * Works on batches of paired machines. The same batch from the same machine is worked on once: who
 * asks for it while it runs, or soon after, gets the answers that there are, and then the others.
 */
export class BatchDesk {
  readonly #parts: BatchDeskParts;
  readonly #batches = new Map<string, RunningBatch>();
  readonly #sessions = new Map<string, Set<string>>();
  #isDraining = false;

  constructor(parts: BatchDeskParts) {
    this.#parts = parts;
  }

  /** Batches that are worked on now. */
  get running(): number {
    return [...this.#batches.values()].filter(({ isOver }) => !isOver).length;
  }

  /** Whether a session is that of work which the machine has given. */
  isSessionOf(machine: string, session: string): boolean {
    return this.#sessions.get(machine)?.has(session) ?? false;
  }

  /**
   * The lines of a batch, as they come; one a second at least. When nobody has read for two seconds,
   * the engine is told to stop.
   *
   * @param machine who asks.
   * @throws FbtrError ENGINE_*, CONFIG_INVALID where the engine cannot be had; WORKER_LOST while the
   *   daemon ends.
   */
  async open(
    machine: string,
    request: BatchRequest,
  ): Promise<(signal: AbortSignal) => AsyncIterable<BatchLine>> {
    const key = sha256(JSON.stringify([machine, request]));
    const known = this.#batches.get(key);
    if (known && !known.hasFailed) return (signal) => linesOf(known, signal);
    if (this.#isDraining) {
      throw new FbtrError("WORKER_LOST", "the worker is ending, and takes no new work");
    }
    const { pool, engineParts } = this.#parts;
    const { engine, from, to } = request;
    const translator = await pool.get({ engine, from, to }, engineParts());
    this.#remember(machine, request.session);
    const batch = this.#begin(key, request, translator);
    return (signal) => linesOf(batch, signal);
  }

  /** Takes no new batches, and waits for those that run. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    await Promise.all([...this.#batches.values()].map(({ over }) => over));
  }

  /** Ends what runs. */
  stop(): void {
    for (const batch of this.#batches.values()) batch.stop();
  }

  #begin(key: string, request: BatchRequest, translator: Translator): RunningBatch {
    const { events } = this.#parts;
    const { batch, session = "system" } = request;
    const { name: provider } = translator;
    events.emit("translation_attempt", session, `Translating with ${provider}`, { provider });
    const running = new RunningBatch(batch, translator);
    this.#batches.set(key, running);
    this.#forgetOldest();
    void running.over.then(() => {
      const seconds = running.elapsedMs / 1000;
      if (!running.hasFailed) {
        const data = { provider, duration_seconds: seconds };
        events.emit("translation_success", session, `Translated with ${provider}`, data);
      }
      setTimeout(() => this.#forget(key, running), KEPT_MS).unref();
    });
    return running;
  }

  #remember(machine: string, session: string | undefined): void {
    const sessions = this.#sessions.get(machine) ?? new Set();
    if (session !== undefined) sessions.add(session);
    const [oldest] = sessions;
    if (sessions.size > MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    this.#sessions.set(machine, sessions);
  }

  #forgetOldest(): void {
    for (const [key, batch] of this.#batches) {
      if (this.#batches.size <= MAX_KEPT) return;
      if (batch.isOver) this.#batches.delete(key);
    }
  }

  #forget(key: string, running: RunningBatch): void {
    if (this.#batches.get(key) === running) this.#batches.delete(key);
  }
}

/** What a reader gets: the lines from the first on, and a beat whenever there is no news. */
async function* linesOf(batch: RunningBatch, signal: AbortSignal): AsyncGenerator<BatchLine> {
  using _reader = batch.join();
  for (let place = 0; ;) {
    signal.throwIfAborted();
    const line = batch.lines[place];
    if (line) {
      yield line;
      place += 1;
      continue;
    }
    if (batch.isOver) return;
    const end = new AbortController();
    const beat = wait(BEAT_MS, "beat", { signal: end.signal }).catch(() => "news");
    const left = new Promise<string>((resolve) => {
      signal.addEventListener("abort", () => resolve("left"), { once: true, signal: end.signal });
    });
    const what = await Promise.race([batch.news, beat, left]);
    end.abort();
    if (what === "beat") yield { beat: batch.elapsedMs };
  }
}
