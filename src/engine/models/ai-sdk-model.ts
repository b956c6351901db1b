import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4FinishReason,
  type LanguageModelV4StreamPart,
  type LanguageModelV4Usage,
} from "@ai-sdk/provider";

import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest, FinishReason, Usage } from "./chat-model.ts";
import { providerError, type FailedCall } from "./provider-error.ts";

type ProviderOptions = NonNullable<LanguageModelV4CallOptions["providerOptions"]>;
type AnswerSchema = (LanguageModelV4CallOptions["responseFormat"] & { type: "json" })["schema"];

export interface AiSdkModelOptions {
  /** Name of the provider as the user knows it. */
  readonly provider: string;
  readonly model: string;
  /** Whether the provider holds to a JSON Schema. */
  readonly structured: boolean;
  readonly languageModel: LanguageModelV4;
  /** Settings that only this provider's package knows. */
  readonly providerOptions?: ProviderOptions | undefined;
  /** Keys that are taken out of what the provider says; asked for when an error is told. */
  readonly secrets: () => readonly string[];
}

const FINISH_REASONS: Partial<Record<LanguageModelV4FinishReason["unified"], FinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "refused",
};

/**
 * Whether the stream ended before the answer did. Some packages of the SDK then give a reason of
 * their own that no provider has sent.
 */
function isBrokenOff({ unified, raw }: LanguageModelV4FinishReason): boolean {
  if (unified === "error" || unified === "interrupted") return true;
  return unified === "other" && raw === undefined;
}

function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage {
  return {
    inputTokens: inputTokens.total,
    outputTokens: outputTokens.total,
    cachedInputTokens: inputTokens.cacheRead,
  };
}

/**
 * A model of the Vercel AI SDK, whose providers speak the protocols of the vendors. The provider's
 * model is asked itself, not by the SDK's `streamText`: what that does with each piece (copies for
 * several readers, steps, tools, repairs) costs more than all else that an answer takes here.
 */
export class AiSdkModel implements ChatModel {
  readonly provider: string;
  readonly model: string;
  readonly structured: boolean;
  readonly #languageModel: LanguageModelV4;
  readonly #providerOptions: ProviderOptions;
  readonly #secrets: () => readonly string[];

  constructor(options: AiSdkModelOptions) {
    const { provider, model, structured, languageModel, providerOptions = {}, secrets } = options;
    this.provider = provider;
    this.model = model;
    this.structured = structured;
    this.#languageModel = languageModel;
    this.#providerOptions = providerOptions;
    this.#secrets = secrets;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    signal.throwIfAborted();
    let ended = false;
    try {
      const { stream } = await this.#languageModel.doStream(this.#callOf(request, signal));
      for await (const part of stream) {
        if (part.type === "error") throw part.error;
        const event = eventOf(part);
        if (event === undefined) continue;
        ended ||= event.type === "end";
        yield event;
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

  #callOf(request: ChatRequest, signal: AbortSignal): LanguageModelV4CallOptions {
    const { instructions, prompt, answerSchema, maxOutputTokens, temperature, topP } = request;
    return {
      prompt: [
        { role: "system", content: instructions },
        { role: "user", content: [{ type: "text", text: prompt }] },
      ],
      maxOutputTokens,
      abortSignal: signal,
      providerOptions: this.#providerOptions,
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(answerSchema && {
        responseFormat: { type: "json", schema: answerSchema as AnswerSchema, name: "answer" },
      }),
    };
  }

  #failed(error: unknown): FbtrError {
    // The provider's own `fetch` may know better what went wrong.
    if (error instanceof FbtrError) return error;
    const { provider, model } = this;
    const call = { provider, model, secrets: this.#secrets(), ...failureOf(error) };
    return providerError(call, Date.now());
  }
}

/** What a part of the SDK's stream means for the caller; undefined: nothing. */
function eventOf(part: LanguageModelV4StreamPart): ChatEvent | undefined {
  if (part.type === "text-delta") {
    return part.delta === "" ? undefined : { type: "text", text: part.delta };
  }
  if (part.type === "reasoning-start" || part.type === "reasoning-delta") {
    return { type: "reasoning" };
  }
  if (part.type !== "finish" || isBrokenOff(part.finishReason)) return undefined;
  const finish = FINISH_REASONS[part.finishReason.unified] ?? "other";
  return { type: "end", finish, usage: usageOf(part.usage) };
}

function failureOf(error: unknown): Pick<FailedCall, "status" | "reason" | "headers" | "message"> {
  if (APICallError.isInstance(error)) {
    const { statusCode: status, responseHeaders: headers = {}, message, data } = error;
    // A body that is no answer although the status is good: a proxy, or a cut.
    return {
      status: status === 200 ? undefined : status,
      reason: reasonIn(data),
      headers,
      message,
    };
  }
  return { status: undefined, reason: reasonIn(error), headers: {}, message: messageIn(error) };
}

interface ProviderFailure {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
}

/**
 * What providers say of a failure, in the body of a response or inside a stream: `{"error": {"code",
 * "type", "message"}}`, the inner object alone, or the whole response that failed (OpenAI).
 */
function failureIn(data: unknown): ProviderFailure {
  const outer = (data ?? {}) as ProviderFailure & { error?: object; response?: { error?: object } };
  return outer.response?.error ?? outer.error ?? outer;
}

/** The word for the failure. */
function reasonIn(data: unknown): string | undefined {
  const { code, type } = failureIn(data);
  return [code, type].find((word) => typeof word === "string");
}

function messageIn(error: unknown): string {
  if (typeof error === "string") return error;
  const { message } = failureIn(error);
  return typeof message === "string" ? message : "the provider reported an error";
}
