import type { Clock } from "../base/clock.ts";
import { EXIT } from "./exit.ts";

export type StopSignal = "SIGINT" | "SIGTERM";

/** Where signals come from: `process`, or a test. */
export interface SignalSource {
  on(signal: StopSignal | "SIGHUP", listener: (signal: StopSignal) => void): unknown;
  off(signal: StopSignal | "SIGHUP", listener: (signal: StopSignal) => void): unknown;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * One Ctrl-C can arrive twice: the terminal sends it to every process of the foreground, and a
 * launcher, npm or `timeout` hands its own on. Nobody presses twice this quickly.
 */
const SAME_SIGNAL_MS = 100;

/**
 * Turns signals into the two ways to end a run: the first one drains, the second one stops. The
 * third one ends the listening, so that one more ends the process whatever it hangs in. Disposing
 * ends the listening too.
 */
export class Interruption implements Disposable {
  readonly #drain = new AbortController();
  readonly #stop = new AbortController();
  readonly #signals: SignalSource;
  readonly #clock: Clock;
  readonly #onDrain: () => void;
  #first: StopSignal | undefined;
  #count = 0;
  #countedAtMs = -Infinity;

  /** @param onDrain is called once, at the first signal. */
  constructor(signals: SignalSource, clock: Clock, onDrain: () => void) {
    this.#signals = signals;
    this.#clock = clock;
    this.#onDrain = onDrain;
    for (const signal of SIGNALS) signals.on(signal, this.#listener);
  }

  readonly #listener = (signal: StopSignal): void => {
    if (this.#clock.elapsed() - this.#countedAtMs < SAME_SIGNAL_MS) return;
    this.#countedAtMs = this.#clock.elapsed();
    this.#count += 1;
    this.#first ??= signal;
    if (this.#count === 1) {
      this.#drain.abort(new Error(`drained by ${signal}`));
      this.#onDrain();
    } else if (this.#count === 2) {
      this.#stop.abort(new Error(`stopped by ${signal}`));
    } else {
      this[Symbol.dispose]();
    }
  };

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
