import { ollamaClient } from "./ollama-model.ts";
import { providerError } from "./provider-error.ts";

/** What a pull is doing, in the server's words, and how far it is with the layer at hand. */
export interface PullProgress {
  readonly step: string;
  /** Undefined while nothing is downloaded. */
  readonly layer:
    | { readonly digest: string; readonly doneBytes: number; readonly totalBytes: number }
    | undefined;
}

/**
 * Lets an Ollama server download a model. The server keeps what it has: a pull that was stopped
 * goes on where it was, and one of a model that is there already is quick.
 *
 * @throws FbtrError ENGINE_REJECTED for a model that does not exist, ENGINE_UNREACHABLE; the reason
 *   of `signal` soon after it is aborted.
 */
export async function pullOllamaModel(
  host: string,
  model: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  let isDone = false;
  try {
    for await (const part of await ollamaClient(host, signal).pull({ model, stream: true })) {
      const { status: step, digest, total: totalBytes } = part;
      // Unlike its type, a layer that has just begun has none.
      const doneBytes = (part.completed as number | undefined) ?? 0;
      isDone = step === "success";
      onProgress({ step, layer: totalBytes ? { digest, doneBytes, totalBytes } : undefined });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw failedPull(model, error instanceof Error ? error.message : String(error));
  }
  signal.throwIfAborted();
  if (!isDone) throw failedPull(model, "the download was cut off");
}

/** The server reports what fails inside a stream of status 200, in words only. */
function failedPull(model: string, message: string) {
  const status = /not exist|not found|invalid model/i.test(message) ? 404 : undefined;
  const call = { provider: "ollama", model, status, headers: {}, message, secrets: [] };
  return providerError(call, Date.now());
}
