import type { FbtrEvent } from "../../base/events.ts";
import type { EventLog, LoggedEvent } from "./event-log.ts";

/** Events that readers who keep up get without asking the disk. */
const RECENT = 2000;
const PAGE = 500;

/** What a reader of events wants. */
export interface FeedWishes {
  /** Events after this id; undefined: those from now on. */
  readonly since?: string | undefined;
  /** Events of this session and of the system; undefined: all. */
  readonly session?: string | undefined;
  /** Ends the reading, without an error. */
  readonly signal: AbortSignal;
}

/**
 * Hands the events of the log to any number of readers, each at its own pace: a reader holds a place
 * in the log and no queue, so that a slow one costs no memory and delays nobody.
 */
export class EventFeed {
  readonly #log: EventLog;
  readonly #waiting = new Set<() => void>();
  #recent: LoggedEvent[] = [];
  #lastId: string;

  constructor(log: EventLog) {
    this.#log = log;
    this.#lastId = log.lastId ?? "";
  }

  /** Logs an event and wakes the readers. Ids must ascend. */
  publish(event: FbtrEvent): void {
    const logged = this.#log.append(event);
    this.#recent.push(logged);
    if (this.#recent.length > 2 * RECENT) this.#recent = this.#recent.slice(-RECENT);
    this.#lastId = logged.id;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Every event that the wishes name, once and in order, until the signal is aborted. */
  async *read({ since, session, signal }: FeedWishes): AsyncGenerator<LoggedEvent, void> {
    let place = since ?? this.#lastId;
    while (!signal.aborted) {
      const { events, end } = this.#page(place, session);
      for (const event of events) {
        yield event;
        if (signal.aborted) return;
      }
      if (end === place) await this.#news(signal);
      place = end;
    }
  }

  /** Some events after a place, and the place behind them; the same place if there are none. */
  #page(place: string, session: string | undefined) {
    const oldest = this.#recent[0];
    if (place === this.#lastId) return { events: [], end: place };
    if (oldest === undefined || place < oldest.id) {
      const events = this.#log.after(place, PAGE, session);
      return { events, end: events.at(-1)?.id ?? this.#lastId };
    }
    const page = this.#recent.slice(firstAfter(this.#recent, place)).slice(0, PAGE);
    const isWanted = (event: LoggedEvent) =>
      session === undefined || event.session === session || event.session === "system";
    return { events: page.filter(isWanted), end: page.at(-1)?.id ?? place };
  }

  async #news(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}

/** Index of the first event whose id is higher; they are in ascending order. */
function firstAfter(events: readonly LoggedEvent[], id: string): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.id ?? "") > id) high = middle;
    else low = middle + 1;
  }
  return low;
}
