import { EventWriter, sse } from "./event-writer.ts";
import type { JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill, WireProtocol } from "./wire-protocol.ts";

const REASONS: Readonly<Record<AnswerFinish, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  refused: "refusal",
};

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

type Block = "none" | "thinking" | "answer";

class MessageWriter extends EventWriter {
  /** The tool that older models are made to use for an answer by a schema. */
  readonly #tool: string;
  #block: Block = "none";
  #index = -1;

  constructor(model: string, tool: string) {
    super(model);
    this.#tool = tool;
  }

  override begin(): string {
    const message = {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: this.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    };
    return this.#event("message_start", { message }) + this.#event("ping", {});
  }

  thought(piece: string): string {
    return this.#inBlock("thinking") + this.#delta({ type: "thinking_delta", thinking: piece });
  }

  text(piece: string): string {
    const delta = this.#tool
      ? { type: "input_json_delta", partial_json: piece }
      : { type: "text_delta", text: piece };
    return this.#inBlock("answer") + this.#delta(delta);
  }

  end(finish: AnswerFinish, { input, cachedInput, output }: Bill): string {
    const finished = finish === "stop" && this.#tool ? "tool_use" : REASONS[finish];
    const usage = {
      input_tokens: input - cachedInput,
      cache_read_input_tokens: cachedInput,
      cache_creation_input_tokens: 0,
      output_tokens: output,
    };
    const delta = { stop_reason: finished, stop_sequence: null };
    return (
      this.#inBlock("none") +
      this.#event("message_delta", { delta, usage }) +
      this.#event("message_stop", {})
    );
  }

  failure(message: string): string {
    return this.#event("error", { error: { type: "overloaded_error", message } });
  }

  /** Closes the open block and opens another one, if that is not open already. */
  #inBlock(block: Block): string {
    if (block === this.#block) return "";
    const stop = this.#event("content_block_stop", { index: this.#index });
    const closed = this.#block === "none" ? "" : stop;
    this.#block = block;
    if (block === "none") return closed;
    this.#index += 1;
    const content =
      block === "thinking"
        ? { type: "thinking", thinking: "", signature: "" }
        : this.#tool
          ? { type: "tool_use", id: "toolu_1", name: this.#tool, input: {} }
          : { type: "text", text: "" };
    const start = { index: this.#index, content_block: content };
    return closed + this.#event("content_block_start", start);
  }

  #delta(delta: JsonObject): string {
    return this.#event("content_block_delta", { index: this.#index, delta });
  }

  #event(type: string, fields: JsonObject): string {
    return sse({ type, ...fields }, type);
  }
}

/** Anthropic messages. */
export const ANTHROPIC_MESSAGES: WireProtocol = {
  name: "anthropic-messages",
  contentType: "text/event-stream",
  basePath: "/v1",
  speaks: (path) => path.endsWith("/messages"),
  read: (request) => ({
    ...request.chat("messages"),
    ...request.sampling(),
    key: request.key("x-api-key", "authorization"),
    instructions: request.textAt("system"),
    schema:
      request.at("output_config", "format", "schema") ?? request.at("tools", 0, "input_schema"),
    maxOutputTokens: request.numberAt("max_tokens"),
  }),
  writer: (request, model) => new MessageWriter(model, request.textAt("tool_choice", "name")),
  errorBody: (status, message) => ({
    type: "error",
    error: { type: ERROR_TYPES[status] ?? "api_error", message },
  }),
};
