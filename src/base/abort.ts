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
  signal?.throwIfAborted();
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

/**
 * Waits for `promise`, but not longer than until `signal` is aborted. What arrives too late goes to
 * `discard`.
 *
 * @throws the signal's reason when it is aborted first.
 */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => void,
): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    const settle = (finish: () => void) => {
      isOver = true;
      signal.removeEventListener("abort", leave);
      finish();
    };
    const leave = () => settle(() => reject(signal.reason as Error));
    promise.then(
      (value) => (isOver ? discard(value) : settle(() => resolve(value))),
      (error: Error) => settle(() => reject(error)),
    );
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}
