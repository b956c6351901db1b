import { EventWriter, sse } from "./event-writer.ts";
import type { JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill, WireProtocol } from "./wire-protocol.ts";

const REASONS: Readonly<Record<AnswerFinish, string>> = {
  stop: "stop",
  length: "length",
  refused: "content_filter",
};

const usageOf = ({ input, cachedInput, output }: Bill) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cachedInput },
  // DeepSeek's own name for the same.
  prompt_cache_hit_tokens: cachedInput,
  prompt_cache_miss_tokens: input - cachedInput,
});

class ChunkWriter extends EventWriter {
  readonly #wantsUsage: boolean;

  constructor(model: string, wantsUsage: boolean) {
    super(model);
    this.#wantsUsage = wantsUsage;
  }

  override begin(): string {
    return this.#chunk([this.#choice({ role: "assistant", content: "" })]);
  }

  thought(piece: string): string {
    return this.#chunk([this.#choice({ reasoning_content: piece })]);
  }

  text(piece: string): string {
    return this.#chunk([this.#choice({ content: piece })]);
  }

  end(finish: AnswerFinish, bill: Bill): string {
    const last = this.#chunk([this.#choice({}, REASONS[finish])]);
    const usage = this.#wantsUsage ? this.#chunk([], usageOf(bill)) : "";
    return `${last}${usage}${sse("[DONE]")}`;
  }

  failure(message: string): string {
    return sse({ error: { message, type: "server_error", code: null, param: null } });
  }

  #choice(delta: JsonObject, finishReason: string | null = null): JsonObject {
    return { index: 0, delta, logprobs: null, finish_reason: finishReason };
  }

  #chunk(choices: readonly JsonObject[], usage: unknown = null): string {
    return sse({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: this.model,
      choices,
      usage,
    });
  }
}

/** OpenAI chat completions, which zhipu, qwen, DeepSeek, llama.cpp, vLLM and LM Studio speak too. */
export const OPENAI_CHAT: WireProtocol = {
  name: "openai-chat",
  contentType: "text/event-stream",
  basePath: "/v1",
  speaks: (path) => path.endsWith("/chat/completions"),
  read: (request) => ({
    ...request.chat("messages"),
    ...request.sampling(),
    schema: request.at("response_format", "json_schema", "schema"),
    maxOutputTokens: request.numberAt("max_tokens") ?? request.numberAt("max_completion_tokens"),
  }),
  writer: (request, model) =>
    new ChunkWriter(model, request.at("stream_options", "include_usage") === true),
  errorBody: (status, message) => ({
    error: { message, type: status === 401 ? "invalid_request_error" : "error", code: null },
  }),
};
