import type { AnsweredSegment } from "../engine/translator.ts";
import type { Schedule } from "./schedule.ts";
import type { Lease } from "./work-store.ts";

/**
 * How long a result may wait for others, milliseconds. Each commit costs an fsync, and a quick
 * engine gives thousands of results a second; a slow one does not notice.
 */
const GROUP_MS = 20;

/** Saves the results of one batch: those that come within 20 ms of each other, in one commit. */
export class ResultGroups {
  readonly #schedule: Schedule;
  readonly #lease: Lease;
  readonly #onFailure: (error: unknown) => void;
  #waiting: AnsweredSegment[] = [];
  #timer: NodeJS.Timeout | undefined;
  #saved: Promise<void> = Promise.resolve();

  /** @param onFailure called when a group could not be saved between two calls of `flush`. */
  constructor(schedule: Schedule, lease: Lease, onFailure: (error: unknown) => void) {
    this.#schedule = schedule;
    this.#lease = lease;
    this.#onFailure = onFailure;
  }

  add(answer: AnsweredSegment): void {
    this.#waiting.push(answer);
    this.#timer ??= setTimeout(() => void this.flush().catch(this.#onFailure), GROUP_MS);
  }

  /**
   * Saves what waits; afterwards all that was added is on disk, or was refused by the store.
   *
   * @throws FbtrError JOB_STORE_FAILED, also for a group before this one.
   */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    this.#saved = this.#saved.then(() => this.#save(group));
    return this.#saved;
  }

  async #save(group: readonly AnsweredSegment[]): Promise<void> {
    if (group.length === 0) return;
    const accepted = new Set(await this.#schedule.store.complete(this.#lease, group));
    const saved = group.filter(({ segment }) => accepted.has(segment.index));
    if (saved.length > 0) this.#schedule.onSaved(saved);
  }
}
