/** Work that is done, counted from the beginning. */
interface Mark {
  readonly atMs: number;
  readonly segments: number;
  readonly chars: number;
}

export interface Speed {
  readonly segmentsPerSecond: number;
  readonly charsPerSecond: number;
}

/** Over how long the speed is taken: long enough for a batch of a slow engine. */
const WINDOW_MS = 30_000;
/** Marks that are nearer to each other than this are one: bounds the memory. */
const SPACING_MS = 250;

/**
 * How quick the work goes now: what was done within the last half minute, by time. While nothing
 * comes the speed sinks, and the time that is left grows.
 */
export class Speedometer {
  readonly #marks: Mark[];
  #last: Mark;

  /** @param atMs when the work begins, by the clock's `elapsed`. */
  constructor(atMs: number) {
    this.#last = { atMs, segments: 0, chars: 0 };
    this.#marks = [this.#last];
  }

  /** Tells that a segment of `chars` characters was dealt with. */
  add(atMs: number, chars: number): void {
    const { segments, chars: before } = this.#last;
    this.#last = { atMs, segments: segments + 1, chars: before + chars };
    if (atMs - (this.#marks.at(-1)?.atMs ?? -Infinity) >= SPACING_MS) this.#marks.push(this.#last);
  }

  /** The speed at `atMs`; zeros before anything was done. */
  speedAt(atMs: number): Speed {
    // The mark before the window stays: a batch may take longer than the window.
    while (this.#marks[1] !== undefined && this.#marks[1].atMs <= atMs - WINDOW_MS) {
      this.#marks.shift();
    }
    const from = this.#marks[0] ?? this.#last;
    const seconds = (atMs - from.atMs) / 1000;
    const per = (count: number) => (seconds > 0 ? count / seconds : 0);
    return {
      segmentsPerSecond: per(this.#last.segments - from.segments),
      charsPerSecond: per(this.#last.chars - from.chars),
    };
  }
}
