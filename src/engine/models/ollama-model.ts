import { Ollama } from "ollama";

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
    // A client of its own for each call: `abort` ends every call of a client.
    const client = new Ollama({ host: this.#host });
    const abort = () => client.abort();
    signal.addEventListener("abort", abort, { once: true });
    try {
      yield* this.#answer(client, request);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failed(error);
    } finally {
      signal.removeEventListener("abort", abort);
      client.abort();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async *#answer(client: Ollama, request: ChatRequest): AsyncGenerator<ChatEvent> {
    const { instructions, prompt, answerSchema, maxOutputTokens, temperature } = request;
    const parts = await client.chat({
      model: this.model,
      stream: true,
      messages: [
        { role: "system", content: instructions },
        { role: "user", content: prompt },
      ],
      ...(answerSchema && { format: answerSchema }),
      options: {
        num_ctx: contextFor(request),
        num_predict: maxOutputTokens,
        ...(temperature !== undefined && { temperature }),
      },
    });
    for await (const part of parts) {
      if (part.message.content !== "") yield { type: "text", text: part.message.content };
      else if (part.message.thinking) yield { type: "reasoning" };
      if (!part.done) continue;
      const finish = part.done_reason === "length" ? "length" : "stop";
      const { prompt_eval_count: inputTokens, eval_count: outputTokens } = part;
      yield { type: "end", finish, usage: { inputTokens, outputTokens, cachedInputTokens: 0 } };
      return;
    }
    throw new Error("the answer was cut off");
  }

  #failed(error: unknown) {
    const status =
      error instanceof Error && "status_code" in error ? Number(error.status_code) : undefined;
    const message = error instanceof Error ? error.message : String(error);
    const { provider, model } = this;
    return providerError({ provider, model, status, headers: {}, message }, Date.now());
  }
}

/** Names of the models that the server has; rejects when it does not answer within `timeoutMs`. */
export async function ollamaModels(host: string, timeoutMs: number): Promise<string[]> {
  const answer = await fetch(new URL("/api/tags", host), {
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`Ollama answered ${answer.status}`);
  const { models } = (await answer.json()) as { models?: { name: string }[] };
  return (models ?? []).map(({ name }) => name);
}
