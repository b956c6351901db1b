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
