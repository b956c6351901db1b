import type { Clock } from "../base/clock.ts";
import type { Segment } from "../book/segment.ts";
import { judgeOf, type Judge } from "../engine/checking.ts";
import type { AnsweredSegment, SegmentResult, Translator } from "../engine/translator.ts";
import { TranslationMemory, type MemoryScope } from "../plan/memory.ts";
import type { WorkStore } from "../schedule/work-store.ts";
import type { JobLimits } from "./job-limits.ts";
import { SqliteMemory } from "./sqlite-memory.ts";

/** Segments that are looked up at a time. */
const LOOKUP = { maxChars: 1_000_000, maxSegments: 1000 };

/**
 * The translation memory as one run uses it. It saves calls, no more: when its file cannot be used,
 * the run goes on without it and says so in `warnings`.
 *
 * What is known is taken out before batches are made, not by a decorator around the translator: so
 * a request carries as much as it may of what has to be asked, and a book that is known needs no
 * request at all.
 *
 * Translators of priority 0 are not remembered. The draft engine needs seconds for a novel; its
 * memory would cost each run half a second and 4 MB, for the rare case that the same text comes
 * back in another file. The same file is the same job, and is known anyway.
 */
export class JobMemory implements Disposable {
  readonly #scope: MemoryScope;
  readonly #judge: Judge;
  readonly #warnings: string[] = [];
  #shelf: SqliteMemory | undefined;
  #memory: TranslationMemory | undefined;

  constructor(
    translator: Translator,
    { from, to }: { readonly from: string; readonly to: string },
    environment: {
      readonly cacheFolder: string;
      readonly limits: JobLimits;
      readonly clock: Clock;
    },
  ) {
    this.#judge = judgeOf({ from, to });
    this.#scope = { engine: translator.name, engineVersion: translator.version, from, to };
    if (translator.priority === 0) return;
    const { cacheFolder, limits, clock } = environment;
    const { memoryTtlMs: ttlMs, memoryMaxEntries: maxEntries } = limits;
    this.#guarded(() => {
      this.#shelf = new SqliteMemory(cacheFolder, { clock, ttlMs, maxEntries });
      this.#memory = new TranslationMemory({ shelf: this.#shelf, clock, ttlMs });
    });
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /**
   * Completes those open segments of a job of which a translation is remembered that passes the
   * checks of today. What is translated again since its translation did not please is asked for
   * anew: the memory would give the same back. Nobody else may work on the job meanwhile.
   *
   * @param onSaved called with segments whose translation is on disk.
   * @throws FbtrError JOB_STORE_FAILED; the signal's reason.
   */
  async recall(
    store: WorkStore,
    jobId: string,
    onSaved: (answers: readonly AnsweredSegment[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const isEmpty = this.#guarded(() => this.#shelf?.isEmpty) ?? true;
    if (this.#memory === undefined || isEmpty) return;
    for (;;) {
      signal.throwIfAborted();
      // What is unknown stays leased until all was looked up.
      const lease = await store.lease(jobId, LOOKUP, Infinity);
      if (lease === undefined) break;
      const redone = new Set(lease.earlier.filter(isOwn).map(({ index }) => index));
      const answers = this.#find(lease.batch.segments.filter(({ index }) => !redone.has(index)));
      const accepted = new Set(await store.complete(lease, answers));
      const saved = answers.filter(({ segment }) => accepted.has(segment.index));
      if (saved.length > 0) onSaved(saved);
    }
    await store.release({ jobId });
  }

  /**
   * Remembers translations that passed the checks. Those of a fallback are not the engine's own,
   * and would come back as if they were.
   */
  remember(answers: readonly AnsweredSegment[]): void {
    const translations = answers
      .filter(({ result }) => isOwn(result))
      .map(({ segment, result }) => ({ segment, translation: result }));
    this.#guarded(() => this.#memory?.remember(this.#scope, translations));
  }

  /** Forgets translations that turned out to be wrong, so that they are asked for again. */
  forget(segments: readonly Segment[]): void {
    if (segments.length > 0) this.#guarded(() => this.#memory?.forget(this.#scope, segments));
  }

  [Symbol.dispose](): void {
    const shelf = this.#shelf;
    this.#memory = undefined;
    this.#shelf = undefined;
    this.#guarded(() => shelf?.[Symbol.dispose]());
  }

  #find(segments: readonly Segment[]): AnsweredSegment[] {
    const known = this.#guarded(() => this.#memory?.split(this.#scope, segments).known) ?? [];
    return known.flatMap(({ segment, translation }) => {
      const result = { index: segment.index, ...translation };
      const { faults, findings } = this.#judge(segment, result);
      return faults.length > 0 ? [] : [{ segment, result, findings }];
    });
  }

  /** Runs `work`; if it fails, the memory is not used any more. */
  #guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#warnings.push(`The translation memory is not used: ${reason}`);
      this.#memory = undefined;
      return undefined;
    }
  }
}

/** Whether the engine itself gave the result, and no fallback. */
function isOwn({ fallback }: SegmentResult): boolean {
  return fallback === undefined;
}
