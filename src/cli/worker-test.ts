import { FbtrError } from "../base/errors.ts";
import type { OpenFleet } from "../worker/fleet/open-fleet.ts";

/** How a sentence went with one engine of a worker. */
export interface Trial {
  readonly worker_id: string;
  readonly engine: string;
  readonly transport: string;
  readonly milliseconds: number;
  /** Its translation; undefined if it failed. */
  readonly text?: string;
  readonly error?: string;
}

const SENTENCE = "Дверь открылась, и в комнату вошёл высокий старик.";
const PATIENCE_MS = 120_000;

/**
 * Translates a sentence with each engine of a worker.
 *
 * @throws FbtrError WORKER_UNKNOWN, or why the worker does not answer.
 */
export async function* testWorker({ fleet, paired }: OpenFleet, id: string): AsyncGenerator<Trial> {
  paired.get(id);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  await fleet.look(signal);
  const status = fleet.statuses.find((one) => one.id === id);
  if (status?.error !== undefined) {
    throw new FbtrError("WORKER_UNREACHABLE", `${id} does not answer: ${status.error}`, {
      hint: `See \`fbtr workers discover ${id}\`.`,
    });
  }
  for (const { worker, engine } of fleet.instances.filter((one) => one.worker.id === id)) {
    const began = performance.now();
    const segment = { index: 0, kind: "text" as const, element: "p", section: 1, text: SENTENCE };
    const batch = { id: `test-${began}`, segments: [{ ...segment, skip: undefined }] };
    const request = { batch, engine: engine.name, from: "ru", to: "sr" };
    const told = { worker_id: id, engine: engine.name, transport: worker.transport ?? "none" };
    const outcome = await outcomeOf(worker.translate(request, signal));
    yield { ...told, milliseconds: Math.round(performance.now() - began), ...outcome };
  }
}

async function outcomeOf(
  answers: AsyncIterable<{ readonly text: string }>,
): Promise<{ readonly text: string } | { readonly error: string }> {
  try {
    for await (const { text } of answers) return { text };
    return { error: "no answer" };
  } catch (error) {
    if (error instanceof FbtrError) return { error: error.message };
    throw error;
  }
}

/** One line for people. */
export function trialLine({ engine, transport, milliseconds, text, error }: Trial): string {
  const outcome = error === undefined ? (text ?? "") : `failed: ${error}`;
  return `${engine} (${transport}, ${milliseconds} ms): ${outcome}\n`;
}
