/**
 * Throws the reason of `signal` if it has been aborted. The reason is what the one who aborted
 * gave, so that the first cause is the one that is told.
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
}

/** Lets timers, input and the screen run: used between pieces of work that keep the thread busy. */
export async function yieldToEventLoop(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Waits `ms` milliseconds.
 *
 * @throws the signal's reason, at once, when `signal` is aborted before the time is over.
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
