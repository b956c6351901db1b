import { EventWriter, sse } from "./event-writer.ts";
import type { JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill, WireProtocol } from "./wire-protocol.ts";

const REASONS: Readonly<Record<AnswerFinish, string>> = {
  stop: "STOP",
  length: "MAX_TOKENS",
  refused: "SAFETY",
};

const STATUSES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

const PATH = /\/models\/(?<model>[^/]+):streamGenerateContent$/;

class CandidateWriter extends EventWriter {
  thought(piece: string): string {
    return this.#candidate({ content: { role: "model", parts: [{ text: piece, thought: true }] } });
  }

  text(piece: string): string {
    return this.#candidate({ content: { role: "model", parts: [{ text: piece }] } });
  }

  end(finish: AnswerFinish, { input, cachedInput, output }: Bill): string {
    const usageMetadata = {
      promptTokenCount: input,
      cachedContentTokenCount: cachedInput,
      candidatesTokenCount: output,
      totalTokenCount: input + output,
    };
    const last = { content: { role: "model", parts: [] }, finishReason: REASONS[finish] };
    return this.#candidate(last, { usageMetadata });
  }

  failure(message: string): string {
    return sse({ error: { code: 503, message, status: "UNAVAILABLE" } });
  }

  #candidate(candidate: JsonObject, more: JsonObject = {}): string {
    const candidates = [{ index: 0, ...candidate }];
    return sse({ candidates, modelVersion: this.model, responseId: "r1", ...more });
  }
}

/** Gemini generateContent, in its streaming form. */
export const GEMINI: WireProtocol = {
  name: "gemini",
  contentType: "text/event-stream",
  basePath: "/v1beta",
  speaks: (path) => PATH.test(path),
  read: (request) => {
    const config = "generationConfig";
    return {
      key: request.key("x-goog-api-key"),
      model: PATH.exec(request.path)?.groups?.["model"] ?? "",
      instructions: request.textAt("systemInstruction", "parts"),
      prompt: request.textAt("contents", -1, "parts"),
      schema: request.at(config, "responseSchema") ?? request.at(config, "responseJsonSchema"),
      maxOutputTokens: request.numberAt(config, "maxOutputTokens"),
      temperature: request.numberAt(config, "temperature"),
      topP: request.numberAt(config, "topP"),
    };
  },
  writer: (_, model) => new CandidateWriter(model),
  errorBody: (status, message) => ({
    error: { code: status, message, status: STATUSES[status] ?? "INTERNAL" },
  }),
};
