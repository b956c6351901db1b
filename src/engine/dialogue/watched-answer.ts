import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent } from "../models/chat-model.ts";

/** When an answer that streams in is given up. */
export interface WatchLimits {
  /** From when the call goes out until the first sign of life: a large model may have to be loaded first. */
  readonly firstMs: number;
  /** Between two signs of life. The whole answer may take as long as it likes. */
  readonly idleMs: number;
  /** Characters of text; more is babble. */
  readonly maxChars: number;
}

/** Tells that a text runs in circles; fed with every piece. */
export interface LoopWatch {
  push(piece: string): boolean;
}

function silent(seconds: number): FbtrError {
  return new FbtrError("ENGINE_UNREACHABLE", `the model said nothing for ${seconds} s`, {
    hint: "Check that it is up, or allow it more time.",
  });
}

/**
 * Hands on the events of an answer and ends it when it goes wrong. The call behind it is cancelled
 * in every case, so that no slot and no money is held by an answer that nobody reads.
 *
 * @param open begins the call; its signal is aborted when the answer is given up or has ended.
 * @throws FbtrError ENGINE_UNREACHABLE after silence, ENGINE_FAILED for babble and loops; what the
 *   call throws; the reason of `signal`.
 */
export async function* watchedAnswer(
  open: (signal: AbortSignal) => AsyncIterable<ChatEvent>,
  limits: WatchLimits,
  loops: LoopWatch,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const events = open(both)[Symbol.asyncIterator]();
  let chars = 0;
  let waitMs: number | undefined = limits.firstMs;
  try {
    for (;;) {
      const next = await within(events.next(), waitMs, both);
      if (next.done) return;
      waitMs = waitAfter(next.value, limits);
      if (next.value.type === "text") {
        chars += next.value.text.length;
        checkText(next.value.text, chars, limits, loops);
      }
      yield next.value;
    }
  } finally {
    ending.abort(new Error("the answer has ended"));
    // A call that hears of its end throws; what matters of it is known already. It is not waited
    // for: one that hangs would hold up everybody.
    void events.return?.().catch(() => undefined);
  }
}

/** How long the next event may take, milliseconds; undefined: as long as it likes. */
function waitAfter({ type }: ChatEvent, { firstMs, idleMs }: WatchLimits): number | undefined {
  if (type === "waiting") return undefined;
  return type === "sent" ? firstMs : idleMs;
}

function checkText(piece: string, chars: number, limits: WatchLimits, loops: LoopWatch): void {
  if (chars > limits.maxChars) {
    throw new FbtrError(
      "ENGINE_FAILED",
      `the model did not stop after ${limits.maxChars} characters`,
    );
  }
  if (loops.push(piece)) throw new FbtrError("ENGINE_FAILED", "the model repeats itself");
}

/** `promise`, unless it takes longer than `ms` or `signal` is aborted first. */
async function within<T>(
  promise: Promise<T>,
  ms: number | undefined,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const timer =
    ms === undefined ? undefined : setTimeout(() => reject(silent(Math.round(ms / 1000))), ms);
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  // The loser of the race is still listened to, so that its failure is no unhandled rejection.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
