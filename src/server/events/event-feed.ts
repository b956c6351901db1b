import type { EventType, FbtrEvent } from "../../base/events.ts";
import type { EventLog, LoggedEvent } from "./event-log.ts";

/** Events that readers who keep up get without asking the disk. */
const RECENT = 2000;
const PAGE = 500;
/** How long an event may wait for others, to be logged with them. */
const GATHER_MS = 10;

/** Ends something: who was told of it, or finds it done, has to find the event too. */
const LOGGED_AT_ONCE: ReadonlySet<EventType> = new Set(["status_update"]);

/** What a reader of events wants. */
export interface FeedWishes {
  /** Events after this id; undefined, or an id that is yet to come: those from now on. */
  readonly since?: string | undefined;
  /** Events of this session and of the system; undefined: all. */
  readonly session?: string | undefined;
  /** Ends the reading, without an error. */
  readonly signal: AbortSignal;
}

/**
 * Hands the events of the log to any number of readers, each at its own pace: a reader holds a place
 * in the log and no queue, so that a slow one costs no memory and delays nobody. Events that come
 * soon after one another are logged together, since a transaction for each would cost more than all
 * else about a short text. Nobody hears of an event before it is logged. Disposing logs what waits.
 */
export class EventFeed implements Disposable {
  readonly #log: EventLog;
  readonly #waiting = new Set<() => void>();
  #unlogged: FbtrEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #recent: LoggedEvent[] = [];
  #lastId: string;

  constructor(log: EventLog) {
    this.#log = log;
    this.#lastId = log.lastId ?? "";
  }

  /**
   * Takes an event, which is logged and told to the readers after 10 ms at the latest, and at once if
   * it ends something. Ids must ascend.
   */
  publish(event: FbtrEvent): void {
    this.#unlogged.push(event);
    if (LOGGED_AT_ONCE.has(event.type)) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Logs at once what waits for it, and wakes the readers. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#unlogged;
    if (events.length === 0) return;
    this.#unlogged = [];
    const logged = this.#log.append(events);
    this.#recent.push(...logged);
    if (this.#recent.length > 2 * RECENT) this.#recent = this.#recent.slice(-RECENT);
    this.#lastId = logged.at(-1)?.id ?? this.#lastId;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Every event that the wishes name, once and in order, until the signal is aborted. */
  async *read({ since, session, signal }: FeedWishes): AsyncGenerator<LoggedEvent, void> {
    // What was told before is not from now on.
    this.flush();
    let place = since === undefined || since > this.#lastId ? this.#lastId : since;
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

  [Symbol.dispose](): void {
    this.flush();
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
