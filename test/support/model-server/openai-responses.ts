import { EventWriter, sse } from "./event-writer.ts";
import type { JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill, WireProtocol } from "./wire-protocol.ts";

const THINKING = { type: "reasoning", id: "rs_1" };
const MESSAGE = { type: "message", id: "msg_1", role: "assistant", content: [] };

class ResponseWriter extends EventWriter {
  #sequence = 0;
  #item: "none" | "reasoning" | "message" = "none";
  #said = "";

  override begin(): string {
    return this.#event("response.created", { response: this.#response("in_progress") });
  }

  thought(piece: string): string {
    const opened =
      this.#item === "none"
        ? this.#event("response.output_item.added", {
            output_index: 0,
            item: { ...THINKING, summary: [] },
          }) +
          this.#event("response.reasoning_summary_part.added", {
            item_id: THINKING.id,
            output_index: 0,
            summary_index: 0,
            part: { type: "summary_text", text: "" },
          })
        : "";
    this.#item = "reasoning";
    const delta = { item_id: THINKING.id, output_index: 0, summary_index: 0, delta: piece };
    return opened + this.#event("response.reasoning_summary_text.delta", delta);
  }

  text(piece: string): string {
    const opened = this.#openMessage();
    this.#said += piece;
    const delta = { item_id: MESSAGE.id, output_index: 1, content_index: 0, delta: piece };
    return opened + this.#event("response.output_text.delta", { ...delta, logprobs: [] });
  }

  end(finish: AnswerFinish, bill: Bill): string {
    const usage = {
      input_tokens: bill.input,
      input_tokens_details: { cached_tokens: bill.cachedInput },
      output_tokens: bill.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: bill.input + bill.output,
    };
    const closed = this.#item === "message" ? this.#closeMessage() : "";
    if (finish === "stop") {
      const response = this.#response("completed", { usage });
      return closed + this.#event("response.completed", { response });
    }
    const reason = finish === "length" ? "max_output_tokens" : "content_filter";
    const response = this.#response("incomplete", { usage, incomplete_details: { reason } });
    return closed + this.#event("response.incomplete", { response });
  }

  failure(message: string): string {
    const error = { code: "server_error", message };
    const response = this.#response("failed", { error });
    return this.#event("response.failed", { response });
  }

  #openMessage(): string {
    if (this.#item === "message") return "";
    const thought =
      this.#item === "reasoning"
        ? this.#event("response.output_item.done", {
            output_index: 0,
            item: { ...THINKING, summary: [] },
          })
        : "";
    this.#item = "message";
    const item = { ...MESSAGE, status: "in_progress" };
    return thought + this.#event("response.output_item.added", { output_index: 1, item });
  }

  #closeMessage(): string {
    const content = [{ type: "output_text", text: this.#said, annotations: [], logprobs: [] }];
    const item = { ...MESSAGE, status: "completed", content };
    return this.#event("response.output_item.done", { output_index: 1, item });
  }

  #response(status: string, more: JsonObject = {}): JsonObject {
    return {
      id: "resp_1",
      object: "response",
      created_at: 1_700_000_000,
      model: this.model,
      status,
      error: null,
      incomplete_details: null,
      output: [],
      usage: null,
      ...more,
    };
  }

  #event(type: string, fields: JsonObject): string {
    const event = { type, sequence_number: this.#sequence, ...fields };
    this.#sequence += 1;
    return sse(event, type);
  }
}

/** OpenAI responses, the API of its newer models. */
export const OPENAI_RESPONSES: WireProtocol = {
  name: "openai-responses",
  contentType: "text/event-stream",
  basePath: "/v1",
  speaks: (path) => path.endsWith("/responses"),
  read: (request) => {
    const chat = request.chat("input");
    return {
      ...chat,
      ...request.sampling(),
      instructions: chat.instructions || request.textAt("instructions"),
      schema: request.at("text", "format", "schema"),
      maxOutputTokens: request.numberAt("max_output_tokens"),
    };
  },
  writer: (_, model) => new ResponseWriter(model),
  errorBody: (_status, message) => ({
    error: { message, type: "invalid_request_error", param: null, code: null },
  }),
};
