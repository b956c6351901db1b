import { FbtrError } from "../../base/errors.ts";

/** A line that is longer is no answer. */
const MAX_LINE_CHARS = 4 * 1024 * 1024;

/**
 * The lines of a body, without their ends; the last one may lack it.
 *
 * @param idleMs milliseconds of silence after which the machine counts as lost.
 * @throws FbtrError WORKER_LOST after silence, or for a line without end; what the body throws.
 */
export async function* answerLines(
  body: AsyncIterable<Uint8Array>,
  idleMs: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of unlessSilent(body, idleMs)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE_CHARS) throw lost("the worker sends a line without end");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The chunks of a body, as long as the next one comes in time. */
async function* unlessSilent(
  body: AsyncIterable<Uint8Array>,
  idleMs: number,
): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { promise: silence, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => reject(lost(`the worker has been silent for ${idleMs / 1000} s`)),
        idleMs,
      );
      try {
        const next = await Promise.race([chunks.next(), silence]);
        if (next.done === true) return;
        yield next.value;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    // Not awaited: a body that is silent does not end either, until its request is ended.
    void chunks.return?.().catch(() => undefined);
  }
}

function lost(reason: string): FbtrError {
  return new FbtrError("WORKER_LOST", reason, { hint: "fbtr goes on with the other workers." });
}
