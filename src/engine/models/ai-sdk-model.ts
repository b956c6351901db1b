import {
  APICallError,
  StreamProviderError,
  streamText,
  type FinishReason as SdkFinishReason,
  type LanguageModel,
  type LanguageModelUsage,
  type OutputInterface,
  type TextStreamPart,
  type ToolSet,
} from "ai";

import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest, FinishReason, Usage } from "./chat-model.ts";
import { providerError, type FailedCall } from "./provider-error.ts";

type ProviderOptions = NonNullable<Parameters<typeof streamText>[0]["providerOptions"]>;

export interface AiSdkModelOptions {
  /** Name of the provider as the user knows it. */
  readonly provider: string;
  readonly model: string;
  /** Whether the provider holds to a JSON Schema. */
  readonly structured: boolean;
  readonly languageModel: LanguageModel;
  /** Settings that only this provider's package knows. */
  readonly providerOptions?: ProviderOptions | undefined;
  /** Keys that are taken out of what the provider says; asked for when an error is told. */
  readonly secrets: () => readonly string[];
}

const FINISH_REASONS: Partial<Record<SdkFinishReason, FinishReason>> = {
  stop: "stop",
  length: "length",
  "content-filter": "refused",
};

/**
 * Whether the stream ended before the answer did. Some packages of the SDK then give a reason of
 * their own that no provider has sent.
 */
function isBrokenOff({
  finishReason,
  rawFinishReason,
}: TextStreamPart<ToolSet> & { type: "finish" }) {
  if (finishReason === "error" || finishReason === "interrupted") return true;
  return finishReason === "other" && rawFinishReason === undefined;
}

/**
 * Asks for an answer by a schema and leaves reading it to the caller. The SDK's own `Output.object`
 * parses the whole text anew with each piece, and holds pieces back while they are no JSON.
 */
function answerBy(
  schema: NonNullable<ChatRequest["answerSchema"]>,
): OutputInterface<string, string, never> {
  return {
    name: "answer",
    responseFormat: Promise.resolve({ type: "json", schema, name: "answer" }),
    parseCompleteOutput: ({ text }) => Promise.resolve(text),
    parsePartialOutput: ({ text }) => Promise.resolve({ partial: text }),
    createElementStreamTransform: () => undefined,
  };
}

function usageOf({ inputTokens, outputTokens, inputTokenDetails }: LanguageModelUsage): Usage {
  return { inputTokens, outputTokens, cachedInputTokens: inputTokenDetails.cacheReadTokens };
}

/** A model of the Vercel AI SDK, whose providers speak the protocols of the vendors. */
export class AiSdkModel implements ChatModel {
  readonly provider: string;
  readonly model: string;
  readonly structured: boolean;
  readonly #languageModel: LanguageModel;
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
    // The SDK would tell the process about every setting that a model ignores; it has no other
    // switch for that.
    globalThis.AI_SDK_LOG_WARNINGS = false;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    signal.throwIfAborted();
    let ended = false;
    try {
      for await (const part of this.#call(request, signal)) {
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
      providerOptions: this.#providerOptions,
      ...(temperature !== undefined && { temperature }),
      ...(answerSchema && { output: answerBy(answerSchema) }),
      // Errors come as parts of the stream; without this the SDK prints them.
      onError: () => undefined,
    }).stream;
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
function eventOf(part: TextStreamPart<ToolSet>): ChatEvent | undefined {
  if (part.type === "text-delta") {
    return part.text === "" ? undefined : { type: "text", text: part.text };
  }
  if (part.type === "reasoning-start" || part.type === "reasoning-delta") {
    return { type: "reasoning" };
  }
  if (part.type !== "finish" || isBrokenOff(part)) return undefined;
  const finish = FINISH_REASONS[part.finishReason] ?? "other";
  return { type: "end", finish, usage: usageOf(part.totalUsage) };
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
  if (StreamProviderError.isInstance(error)) {
    const { statusCode: status, type, code, message } = error;
    const reason = type ?? (typeof code === "string" ? code : undefined);
    return { status, reason, headers: {}, message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: undefined, headers: {}, message };
}

/** The word for the failure in `{"error": {"code", "type"}}`, the body that most providers send. */
function reasonIn(data: unknown): string | undefined {
  const { error } = (data ?? {}) as { error?: { code?: unknown; type?: unknown } };
  return [error?.code, error?.type].find((word) => typeof word === "string");
}
