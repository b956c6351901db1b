import { EventWriter, jsonLine } from "./event-writer.ts";
import { isObject, type JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill, WireProtocol } from "./wire-protocol.ts";

class LineWriter extends EventWriter {
  thought(piece: string): string {
    return this.#line({ message: { role: "assistant", content: "", thinking: piece } });
  }

  text(piece: string): string {
    return this.#line({ message: { role: "assistant", content: piece } });
  }

  end(finish: AnswerFinish, { input, output }: Bill): string {
    return this.#line({
      message: { role: "assistant", content: "" },
      done: true,
      // A local model has no filter: it declines in words, if at all.
      done_reason: finish === "length" ? "length" : "stop",
      total_duration: 1_000_000,
      load_duration: 1000,
      prompt_eval_count: input,
      prompt_eval_duration: 1000,
      eval_count: output,
      eval_duration: 1000,
    });
  }

  failure(message: string): string {
    return jsonLine({ error: message });
  }

  #line(fields: JsonObject): string {
    return jsonLine({
      model: this.model,
      created_at: "2026-01-01T00:00:00Z",
      done: false,
      ...fields,
    });
  }
}

/** Ollama's own chat API: a JSON object a line. */
export const OLLAMA: WireProtocol = {
  name: "ollama",
  contentType: "application/x-ndjson",
  basePath: "",
  speaks: (path) => path === "/api/chat",
  read: (request) => {
    const format = request.at("format");
    return {
      ...request.chat("messages"),
      ...request.sampling("options"),
      schema: isObject(format) ? format : undefined,
      maxOutputTokens: request.numberAt("options", "num_predict"),
    };
  },
  writer: (_, model) => new LineWriter(model),
  errorBody: (_status, error) => ({ error }),
};
