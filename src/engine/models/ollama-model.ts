import { Ollama } from "ollama";

import type { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest } from "./chat-model.ts";
import { providerError } from "./provider-error.ts";

/** About two characters of Cyrillic make a token in the tokenizers of today. */
const CHARS_A_TOKEN = 2;
/** Context windows are asked for in steps, so that the server does not load the model anew each time. */
const CONTEXT_STEP = 4096;

/** Tokens of context that a request needs: Ollama cuts what does not fit without a word. */
function contextFor({ instructions, prompt, maxOutputTokens }: ChatRequest): number {
  const input = Math.ceil((instructions.length + prompt.length) / CHARS_A_TOKEN);
  return Math.ceil((input + maxOutputTokens) / CONTEXT_STEP) * CONTEXT_STEP;
}

/** How long a model stays loaded after a call: a book pauses, and loading takes long. */
const KEEP_ALIVE = "30m";

/** An answer of the server that is no answer of the model. */
class StatusError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Headers, message: string) {
    super(message);
    this.status = status;
    this.headers = Object.fromEntries(headers);
  }
}

/**
 * `fetch` for one call. The package's own `abort` does not reach a call that has no headers yet,
 * which is as long as the server loads a model; and it prints bodies of errors that are no JSON.
 */
const fetchUntil =
  (ending: AbortSignal): typeof fetch =>
  async (input, init = {}) => {
    const signal = init.signal ? AbortSignal.any([init.signal, ending]) : ending;
    const response = await fetch(input, { ...init, signal });
    if (response.ok) return response;
    throw new StatusError(response.status, response.headers, await complaintOf(response));
  };

async function complaintOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "string" ? error : text;
  } catch {
    // The page of a proxy: shown as it is, cut to a line.
    return text;
  }
}

/** A model of an Ollama server, by its own protocol: only that one sets the context window. */
export class OllamaModel implements ChatModel {
  readonly provider = "ollama";
  readonly model: string;
  readonly structured = true;
  readonly #host: string;

  /** @param host base URL of the server. */
  constructor(host: string, model: string) {
    this.#host = host;
    this.model = model;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    signal.throwIfAborted();
    const ending = new AbortController();
    const client = ollamaClient(this.#host, AbortSignal.any([signal, ending.signal]));
    try {
      yield* this.#answer(client, request);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failed(error);
    } finally {
      ending.abort();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async *#answer(client: Ollama, request: ChatRequest): AsyncGenerator<ChatEvent> {
    const { instructions, prompt, answerSchema, maxOutputTokens, temperature, topP } = request;
    const parts = await client.chat({
      model: this.model,
      stream: true,
      keep_alive: KEEP_ALIVE,
      messages: [
        { role: "system", content: instructions },
        { role: "user", content: prompt },
      ],
      ...(answerSchema && { format: answerSchema }),
      options: {
        num_ctx: contextFor(request),
        num_predict: maxOutputTokens,
        ...(temperature !== undefined && { temperature }),
        ...(topP !== undefined && { top_p: topP }),
      },
    });
    for await (const part of parts) {
      if (part.message.thinking) yield { type: "reasoning" };
      if (part.message.content !== "") yield { type: "text", text: part.message.content };
      if (!part.done) continue;
      const finish = part.done_reason === "length" ? "length" : "stop";
      const { prompt_eval_count: inputTokens, eval_count: outputTokens } = part;
      yield { type: "end", finish, usage: { inputTokens, outputTokens, cachedInputTokens: 0 } };
      return;
    }
    throw new Error("the answer was cut off");
  }

  #failed(error: unknown): FbtrError {
    const { provider, model } = this;
    const { status, headers = {} } = error instanceof StatusError ? error : {};
    const message = error instanceof Error ? error.message : String(error);
    const call = { provider, model, status, headers, message, secrets: [] };
    return providerError(call, Date.now());
  }
}

/** A client whose calls end when `ending` is aborted, whatever state they are in. */
export function ollamaClient(host: string, ending: AbortSignal): Ollama {
  return new Ollama({ host, fetch: fetchUntil(ending) });
}
