import type { Clock } from "../base/clock.ts";
import { EXIT } from "./exit.ts";

export type StopSignal = "SIGINT" | "SIGTERM";

/** Where signals come from: `process`, or a test. */
export interface SignalSource {
  on(signal: StopSignal, listener: (signal: StopSignal) => void): unknown;
  off(signal: StopSignal, listener: (signal: StopSignal) => void): unknown;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * One Ctrl-C can arrive twice: the terminal sends it to every process of the foreground, and a
 * launcher, npm or `timeout` hands its own on. Nobody presses twice this quickly.
 */
const SAME_SIGNAL_MS = 100;

/**
 * Turns signals into the two ways to end a run: the first one drains, the second one stops, the
 * third one finds no listener any more and ends the process. Disposing stops listening.
 */
export class Interruption implements Disposable {
  readonly #drain = new AbortController();
  readonly #stop = new AbortController();
  readonly #signals: SignalSource;
  readonly #listener: (signal: StopSignal) => void;
  #first: StopSignal | undefined;

  /** @param onDrain is called once, at the first signal. */
  constructor(signals: SignalSource, clock: Clock, onDrain: () => void) {
    let firstAt = 0;
    this.#signals = signals;
    this.#listener = (signal) => {
      if (this.#first === undefined) {
        this.#first = signal;
        firstAt = clock.elapsed();
        this.#drain.abort(new Error(`drained by ${signal}`));
        onDrain();
      } else if (clock.elapsed() - firstAt >= SAME_SIGNAL_MS) {
        this.#stop.abort(new Error(`stopped by ${signal}`));
        this[Symbol.dispose]();
      }
    };
    for (const signal of SIGNALS) signals.on(signal, this.#listener);
  }

  get drain(): AbortSignal {
    return this.#drain.signal;
  }

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  /** Exit status of a run that a signal ended: the first one counts. */
  get status(): number {
    return this.#first === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) this.#signals.off(signal, this.#listener);
  }
}
