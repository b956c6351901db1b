import type { IncomingHttpHeaders } from "node:http";

import type { EventWriter } from "./event-writer.ts";
import type { JsonObject, RequestReader } from "./request-reader.ts";

export type ProtocolName =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "gemini"
  | "ollama";

/** A call as the server understood it, whatever its protocol. */
export interface ModelRequest {
  /** 0 for the first call that the server got. */
  readonly number: number;
  readonly protocol: ProtocolName;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The key where this protocol carries it. */
  readonly key: string | undefined;
  readonly model: string;
  /** The system prompt. */
  readonly instructions: string;
  /** The text of the last user message. */
  readonly prompt: string;
  /** The JSON Schema that the answer has to follow. */
  readonly schema: unknown;
  readonly maxOutputTokens: number | undefined;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  /** The whole body, for what is special to one protocol. */
  readonly body: JsonObject;
}

export type AnswerFinish = "stop" | "length" | "refused";

/** Tokens that the server puts on the bill. */
export interface Bill {
  readonly input: number;
  /** Of the input. */
  readonly cachedInput: number;
  /** Reasoning included. */
  readonly output: number;
}

/** One provider's protocol, as its public reference describes it. */
export interface WireProtocol {
  readonly name: ProtocolName;
  readonly contentType: string;
  /** Path of the base URL that clients of this protocol are given. */
  readonly basePath: string;
  speaks(path: string): boolean;
  read(request: RequestReader): ReadRequest;
  /** @param request may tell how its answer is to be written. */
  writer(request: RequestReader, model: string): EventWriter;
  errorBody(status: number, message: string): unknown;
}

/** What a protocol reads from a body; the server knows the rest. */
export type ReadRequest = Pick<
  ModelRequest,
  | "key"
  | "model"
  | "instructions"
  | "prompt"
  | "schema"
  | "maxOutputTokens"
  | "temperature"
  | "topP"
>;
