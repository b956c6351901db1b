import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import { ANTHROPIC_MESSAGES } from "./anthropic-messages.ts";
import { deliver } from "./delivery.ts";
import type { EventWriter } from "./event-writer.ts";
import type { Fault } from "./fault.ts";
import { GEMINI } from "./gemini.ts";
import { OLLAMA } from "./ollama.ts";
import { answerFromLibrary } from "./model-library.ts";
import { OPENAI_CHAT } from "./openai-chat.ts";
import { OPENAI_RESPONSES } from "./openai-responses.ts";
import { isObject, RequestReader, type JsonObject } from "./request-reader.ts";
import type {
  AnswerFinish,
  Bill,
  ModelRequest,
  ProtocolName,
  WireProtocol,
} from "./wire-protocol.ts";

/**
 * A server on loopback that speaks the protocols of the providers as they are on the wire: OpenAI
 * chat completions and responses, Anthropic messages, Gemini, Ollama. It answers by streams only.
 *
 *     await using server = await startModelServer({
 *       answer: ({ prompt }) => translated(prompt),
 *       // The first call is told to wait, the second breaks off, the others go well.
 *       faults: [
 *         { kind: "status", status: 429, headers: { "retry-after": "1" } },
 *         { kind: "cut", afterChars: 20 },
 *       ],
 *     });
 *     const model = await open({ baseUrl: server.baseUrl("openai-chat"), apiKey: "any" });
 *
 * `server.requests` tells what was asked, understood and raw; `server.abandoned` how many clients
 * left before their answer was complete.
 */
export interface ModelServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** The base URL that a client of this protocol is given. */
  baseUrl(protocol: ProtocolName): string;
  /** Calls so far, in the order of their arrival; those that got an error too. */
  readonly requests: readonly ModelRequest[];
  /** How many answers are under way. */
  readonly open: number;
  /** The most answers that were under way at the same time. */
  readonly mostOpen: number;
  readonly abandoned: number;
}

/** What the model says to one call. */
export interface ModelAnswer {
  readonly text: string;
  /** Thought aloud before the text. */
  readonly reasoning?: string;
  /** `stop` if not said otherwise. */
  readonly finish?: AnswerFinish;
  /** A token for each two characters if not said otherwise. */
  readonly bill?: Bill;
}

export interface ModelServerOptions {
  /** A string is a `ModelAnswer` with nothing but text. */
  readonly answer: (request: ModelRequest) => string | ModelAnswer | Promise<string | ModelAnswer>;
  /** For the first call, the second... undefined where all goes well; or by the request. */
  readonly faults?: readonly (Fault | undefined)[] | ((request: ModelRequest) => Fault | undefined);
  /** The only keys that are let in; others get 401, with the key named in the error. */
  readonly keys?: readonly string[];
  /** The only models that it has; others get 404. Ollama and OpenAI clients can list them. */
  readonly models?: readonly string[];
  /** Characters in one event. */
  readonly pieceChars?: number;
  /** Before the first event, milliseconds. */
  readonly firstPieceMs?: number;
  /** Between two events, milliseconds. */
  readonly pieceMs?: number;
}

const PROTOCOLS: readonly WireProtocol[] = [
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC_MESSAGES,
  GEMINI,
  OLLAMA,
];

class LoopbackModelServer implements ModelServer {
  readonly #options: ModelServerOptions;
  readonly #server: Server;
  readonly #requests: ModelRequest[] = [];
  #open = 0;
  #mostOpen = 0;
  #abandoned = 0;
  url = "";

  constructor(options: ModelServerOptions) {
    this.#options = options;
    const listener: RequestListener = (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A bug of the test's `answer`: the test sees it as a broken connection and on its screen.
        console.error(error);
        response.destroy();
      });
    };
    this.#server = createServer(listener);
  }

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const { port } = this.#server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
  }

  get requests(): readonly ModelRequest[] {
    return this.#requests;
  }

  get open(): number {
    return this.#open;
  }

  get mostOpen(): number {
    return this.#mostOpen;
  }

  get abandoned(): number {
    return this.#abandoned;
  }

  baseUrl(name: ProtocolName): string {
    return `${this.url}${PROTOCOLS.find((protocol) => protocol.name === name)?.basePath ?? ""}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(message.url ?? "/", "http://127.0.0.1");
    const body = await bodyOf(message);
    const protocol = PROTOCOLS.find((each) => each.speaks(path));
    if (protocol === undefined) {
      await answerFromLibrary(path, body, this.#options.models ?? [], response);
      return;
    }
    const { headers } = message;
    const reader = new RequestReader(path, headers, body);
    const read = protocol.read(reader);
    const number = this.#requests.length;
    const request = { ...read, number, protocol: protocol.name, path, headers, body };
    this.#requests.push(request);
    this.#open += 1;
    this.#mostOpen = Math.max(this.#mostOpen, this.#open);
    try {
      await this.#answer(protocol, protocol.writer(reader, request.model), request, response);
    } finally {
      this.#open -= 1;
    }
  }

  async #answer(
    protocol: WireProtocol,
    writer: EventWriter,
    request: ModelRequest,
    response: ServerResponse,
  ): Promise<void> {
    const trouble = this.#refusalOf(request) ?? this.#faultOf(request);
    if (trouble?.kind === "status") {
      sendError(protocol, trouble, response);
      return;
    }
    const said = await this.#options.answer(request);
    const answer = typeof said === "string" ? { text: said } : said;
    const bill = answer.bill ?? estimatedBill(request, answer);
    const { pieceChars = 7, firstPieceMs = 0, pieceMs = 0 } = this.#options;
    const pace = { pieceChars, firstPieceMs, pieceMs };
    response.setHeader("content-type", protocol.contentType);
    const stayed = await deliver(
      { ...answer, finish: answer.finish ?? "stop", bill },
      writer,
      pace,
      trouble,
      response,
    );
    if (!stayed) this.#abandoned += 1;
  }

  #refusalOf({ key, model }: ModelRequest): Fault | undefined {
    const { keys, models } = this.#options;
    if (keys && !keys.includes(key ?? "")) {
      return { kind: "status", status: 401, message: `Incorrect API key provided: ${key}` };
    }
    if (models && !models.includes(model)) {
      return { kind: "status", status: 404, message: `model '${model}' not found` };
    }
    return undefined;
  }

  #faultOf(request: ModelRequest): Fault | undefined {
    const { faults } = this.#options;
    return typeof faults === "function" ? faults(request) : faults?.[request.number];
  }
}

/** Starts a server on a free port of loopback; dispose of it at the end of the test. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const server = new LoopbackModelServer(options);
  await server.listen();
  return server;
}

async function bodyOf(message: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  return isObject(parsed) ? parsed : {};
}

function estimatedBill({ instructions, prompt }: ModelRequest, answer: ModelAnswer): Bill {
  const tokens = (text: string) => Math.ceil(text.length / 2);
  const output = tokens(answer.text) + tokens(answer.reasoning ?? "");
  return { input: tokens(instructions) + tokens(prompt), cachedInput: 0, output };
}

function sendError(
  protocol: WireProtocol,
  { status, headers = {}, message = `status ${status}`, html = false }: Fault & { kind: "status" },
  response: ServerResponse,
): void {
  const type = html ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(
    html ? `<html><h1>${message}</h1></html>` : JSON.stringify(protocol.errorBody(status, message)),
  );
}
