import type { Clock } from "./clock.ts";
import type { WorkerEventMap } from "./worker-events.ts";

/** Counters of a running book, as existing clients of the API know them. */
export interface ProgressData {
  readonly book_title: string;
  readonly provider: string;
  readonly source_language: string;
  readonly target_language: string;
  /** Sections that are finished, and how many there are. */
  readonly current_chapter: number;
  readonly total_chapters: number;
  /** Heading of the section that is worked on; empty if it has none. */
  readonly chapter_title: string;
  /** Segments that are translated, or rightly kept as they are. */
  readonly items_completed: number;
  /** Segments that were given up; they count as dealt with. */
  readonly items_failed: number;
  readonly items_total: number;
  /** Share of the segments that are dealt with, 0 to 100. */
  readonly percent_complete: number;
  /** Seconds since this run began. */
  readonly elapsed_time: number;
  /** Seconds that are left, by the characters that wait and the speed; 0 while `speed` is 0. */
  readonly estimated_eta: number;
  /** Segments a second, over the last half minute. */
  readonly speed: number;
  /** Different words that the engine did not know, so far. */
  readonly unknown_words: number;
}

/** Every event: its name on the wire and what its `data` holds. */
export interface EventMap extends WorkerEventMap {
  translation_started: {
    readonly input: string;
    readonly outputs: readonly string[];
    readonly book_title: string;
    readonly provider: string;
    readonly provider_reason: string;
    readonly items_total: number;
    /** Segments that an earlier run of the same job had already translated. */
    readonly items_resumed: number;
    readonly total_chapters: number;
  };
  translation_progress: ProgressData;
  translation_completed: {
    readonly outputs: readonly string[];
    readonly report: unknown;
  };
  /** The user ended the run: what is done is saved, the same command goes on. */
  translation_interrupted: {
    readonly items_completed: number;
    readonly items_total: number;
  };
  translation_error: {
    readonly error: string;
    readonly code: string;
    readonly hint?: string;
  };
  /** A text, not a book, is handed to an engine. */
  translation_attempt: { readonly provider: string };
  translation_success: { readonly provider: string; readonly duration_seconds: number };
  /** A book that was handed to the daemon waits, runs, rests or has ended. */
  status_update: { readonly job_id: string; readonly status: string; readonly book_title: string };
}

export type EventType = keyof EventMap;

/** What travels to the screen, to `--json` and over the network: one shape for all three. */
export type FbtrEvent = {
  [Type in EventType]: {
    /** Unique, and ordered among the events of one bus. */
    readonly id: string;
    readonly type: Type;
    /** ISO 8601, UTC. */
    readonly timestamp: string;
    /** The job that this belongs to, or "system". */
    readonly session_id: string;
    /** One line for people. */
    readonly message: string;
    readonly data: EventMap[Type];
  };
}[EventType];

export type EventListener = (event: FbtrEvent) => void;

/**
 * Hands events to whoever listens, in the order in which they were emitted. Listeners are called
 * before `emit` returns; one that throws does not keep the others from hearing.
 */
export class EventBus {
  readonly #clock: Clock;
  readonly #epoch: string;
  readonly #listeners = new Set<EventListener>();
  #sequence = 0;

  /** @param after id of an earlier bus: all ids of this one come after it, whatever the clock says. */
  constructor(clock: Clock, after = "") {
    this.#clock = clock;
    const earlier = Number.parseInt(after.split("-")[0] || "0", 36);
    this.#epoch = Math.max(clock.now(), earlier + 1).toString(36);
  }

  /** Calls `listener` for each event from now on; the returned function ends that. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Never throws. */
  emit<Type extends EventType>(
    type: Type,
    session: string,
    message: string,
    data: EventMap[Type],
  ): void {
    this.#tell(type, session, message, data);
  }

  /** Tells an event of another bus, with `more` about where it comes from. Never throws. */
  relay(event: FbtrEvent, more: Readonly<Record<string, string>>): void {
    const { type, session_id: session, message, data } = event;
    this.#tell(type, session, message, { ...data, ...more });
  }

  #tell(type: EventType, session: string, message: string, data: object): void {
    this.#sequence += 1;
    const event = {
      id: `${this.#epoch}-${String(this.#sequence).padStart(8, "0")}`,
      type,
      timestamp: new Date(this.#clock.now()).toISOString(),
      session_id: session,
      message,
      data,
    } as FbtrEvent;
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
