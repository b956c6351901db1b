import {
  APICallError,
  jsonSchema,
  Output,
  streamText,
  type FinishReason as SdkFinishReason,
  type LanguageModel,
  type LanguageModelUsage,
} from "ai";

import type { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest, FinishReason, Usage } from "./chat-model.ts";
import { providerError } from "./provider-error.ts";

export interface AiSdkModelOptions {
  /** Name of the provider as the user knows it. */
  readonly provider: string;
  readonly model: string;
  /** Whether the provider holds to a JSON Schema. */
  readonly structured: boolean;
  readonly languageModel: LanguageModel;
}

const FINISH_REASONS: Partial<Record<SdkFinishReason, FinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "refused",
};

function usageOf({ inputTokens, outputTokens, inputTokenDetails }: LanguageModelUsage): Usage {
  return { inputTokens, outputTokens, cachedInputTokens: inputTokenDetails.cacheReadTokens };
}

/** A model of the Vercel AI SDK, whose providers speak the protocols of the vendors. */
export class AiSdkModel implements ChatModel {
  readonly provider: string;
  readonly model: string;
  readonly structured: boolean;
  readonly #languageModel: LanguageModel;

  constructor({ provider, model, structured, languageModel }: AiSdkModelOptions) {
    this.provider = provider;
    this.model = model;
    this.structured = structured;
    this.#languageModel = languageModel;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    signal.throwIfAborted();
    let ended = false;
    try {
      for await (const part of this.#call(request, signal)) {
        if (part.type === "text-delta") yield { type: "text", text: part.text };
        else if (part.type === "reasoning-delta") yield { type: "reasoning" };
        else if (part.type === "error") throw part.error;
        else if (part.type === "finish") {
          ended = true;
          const finish = FINISH_REASONS[part.finishReason] ?? "other";
          yield { type: "end", finish, usage: usageOf(part.totalUsage) };
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failed(error);
    }
    signal.throwIfAborted();
    if (!ended) throw this.#failed(new Error("the answer was cut off"));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  #call(request: ChatRequest, signal: AbortSignal) {
    const { instructions, prompt, answerSchema, maxOutputTokens, temperature } = request;
    return streamText({
      model: this.#languageModel,
      instructions,
      prompt,
      maxOutputTokens,
      // Repeating is the business of `limits`, which knows the whole endpoint.
      maxRetries: 0,
      abortSignal: signal,
      ...(temperature !== undefined && { temperature }),
      ...(answerSchema && { output: Output.object({ schema: jsonSchema(answerSchema) }) }),
      // Errors come as parts of the stream; without this the SDK prints them.
      onError: () => undefined,
    }).stream;
  }

  #failed(error: unknown): FbtrError {
    const { provider, model } = this;
    if (APICallError.isInstance(error)) {
      const { statusCode: status, responseHeaders: headers = {}, message } = error;
      return providerError({ provider, model, status, headers, message }, Date.now());
    }
    const message = error instanceof Error ? error.message : String(error);
    return providerError({ provider, model, status: undefined, headers: {}, message }, Date.now());
  }
}
