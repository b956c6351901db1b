/** Tokens that a call has cost, as the provider counted them; undefined where it does not say. */
export interface Usage {
  readonly inputTokens: number | undefined;
  /** Of the input tokens, those that the provider took from its cache. */
  readonly cachedInputTokens: number | undefined;
  /** Everything generated, reasoning included. */
  readonly outputTokens: number | undefined;
}

/**
 * Why an answer ended:
 * - `stop`: the model was done;
 * - `length`: the limit on output tokens cut it;
 * - `refused`: the provider's filter or the model declined;
 * - `other`: the provider gave another reason, or none.
 */
export type FinishReason = "stop" | "length" | "refused" | "other";

/** What is asked of a model in one call. */
export interface ChatRequest {
  /** The same for every call of a book, so that providers can cache it. */
  readonly instructions: string;
  readonly prompt: string;
  /** JSON Schema of the answer; only for models whose `structured` is true. */
  readonly answerSchema?: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number;
  /** 0 to 2; undefined: the provider's default. */
  readonly temperature?: number;
  /** Share of the likeliest words to choose from, 0 to 1; undefined: the provider's default. */
  readonly topP?: number;
}

/** What a model says, piece by piece; the last event of a complete answer is `end`. */
export type ChatEvent =
  | { readonly type: "text"; readonly text: string }
  /** The model thinks aloud: nothing of the answer, but a sign of life. */
  | { readonly type: "reasoning" }
  | { readonly type: "end"; readonly finish: FinishReason; readonly usage: Usage };

/**
 * A language model behind whatever protocol: AI SDK, Ollama, llama.cpp in this process.
 * Those behind a server pass `test/contract/chat-model.contract.ts`.
 */
export interface ChatModel extends AsyncDisposable {
  /** Name of the provider, such as `openai`. */
  readonly provider: string;
  /** The model as the provider names it. */
  readonly model: string;
  /** Whether it holds to `answerSchema`. */
  readonly structured: boolean;
  /**
   * Makes one call and streams its answer. It never retries by itself.
   *
   * @throws FbtrError ENGINE_BUSY (429, 529; with `retryAfterMs` if the provider said so),
   *   ENGINE_UNAUTHORIZED (401, 403), ENGINE_REJECTED (the request itself is wrong: unknown model,
   *   too long), ENGINE_UNREACHABLE (no connection, 5xx, a stream that was cut); the reason of
   *   `signal` soon after it is aborted.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
}
