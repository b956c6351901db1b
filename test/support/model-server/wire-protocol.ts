import type { IncomingHttpHeaders } from "node:http";

export type ProtocolName =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "gemini"
  | "ollama";

export type JsonObject = Readonly<Record<string, unknown>>;

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

/** Puts one answer into the words of a protocol: bytes for the body, in the order of the calls. */
export interface AnswerWriter {
  begin(): string;
  thought(piece: string): string;
  text(piece: string): string;
  end(finish: AnswerFinish, bill: Bill): string;
  /** What the provider sends when it fails in the middle of a stream that began with status 200. */
  failure(message: string): string;
}

/** One provider's protocol, as its public reference describes it. */
export interface WireProtocol {
  readonly name: ProtocolName;
  readonly contentType: string;
  /** Path of the base URL that clients of this protocol are given. */
  readonly basePath: string;
  speaks(path: string): boolean;
  read(path: string, headers: IncomingHttpHeaders, body: JsonObject): ReadRequest;
  /** `part` of a request that has to tell how its answer is written. */
  writer(request: ModelRequest): AnswerWriter;
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

export const bearerKey = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  authorization?.replace(/^Bearer /, "");

export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const objectAt = (parent: JsonObject, name: string): JsonObject => {
  const child = parent[name];
  return isObject(child) ? child : {};
};

export const numberAt = (parent: JsonObject, name: string): number | undefined => {
  const child = parent[name];
  return typeof child === "number" ? child : undefined;
};

export const stringAt = (parent: JsonObject, name: string): string => {
  const child = parent[name];
  return typeof child === "string" ? child : "";
};

export const listAt = (parent: JsonObject, name: string): JsonObject[] => {
  const child = parent[name];
  return Array.isArray(child) ? child.filter(isObject) : [];
};

/** Text of a content that is a string, or a list of parts with a `text`. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .filter(isObject)
    .map((part) => stringAt(part, "text"))
    .join("");
}

/** Texts of the chat messages of a role, in the shape that most protocols share. */
export function saidBy(messages: readonly JsonObject[], ...roles: readonly string[]): string {
  return messages
    .filter((message) => roles.includes(stringAt(message, "role")))
    .map((message) => textOf(message["content"]))
    .join("\n");
}

/** What the protocols of OpenAI and Ollama have in the same places. */
export function chatIn(headers: IncomingHttpHeaders, body: JsonObject, messages: string) {
  const said = listAt(body, messages);
  return {
    key: bearerKey(headers),
    model: stringAt(body, "model"),
    instructions: saidBy(said, "system", "developer"),
    prompt: saidBy(said.slice(-1), "user"),
  };
}

/** How the model chooses its words, by the names that most protocols have for it. */
export const samplingIn = (settings: JsonObject) => ({
  temperature: numberAt(settings, "temperature"),
  topP: numberAt(settings, "top_p"),
});

/** An event of a server-sent stream (WHATWG HTML, section 9.2). */
export function sse(data: unknown, event?: string): string {
  const name = event === undefined ? "" : `event: ${event}\n`;
  return `${name}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}
