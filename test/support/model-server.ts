import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { TEXT_BEGINS, TEXT_ENDS } from "../../src/engine/dialogue/prompt.ts";

/** What the server does with one request instead of answering it well. */
export type Misbehaviour =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** Sends this many characters of the answer and drops the connection. */
  | { readonly kind: "cut"; readonly afterChars: number }
  /** Sends the beginning of a stream and then nothing any more. */
  | { readonly kind: "stall" }
  /** Answers with this text. */
  | { readonly kind: "say"; readonly text: string; readonly finish?: string };

/** One request as the server has seen it. */
export interface SeenRequest {
  readonly authorization: string | undefined;
  /** What stands between the lines that mark the text. */
  readonly text: string;
  readonly wantsJson: boolean;
}

export interface ModelServer extends AsyncDisposable {
  /** Base URL for clients of OpenAI's protocol. */
  readonly baseUrl: string;
  readonly seen: readonly SeenRequest[];
}

export interface ModelServerOptions {
  /** How the model renders one segment. */
  readonly translate: (text: string) => string;
  /** What to do with a request, by its number from 0; undefined: answer well. */
  readonly misbehave?: (number: number, request: SeenRequest) => Misbehaviour | undefined;
  /** Milliseconds until an answer begins. */
  readonly delayMs?: number;
}

/** Characters of one event of a stream. */
const PIECE = 24;

interface ChatBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: unknown;
}

async function bodyOf(request: IncomingMessage): Promise<ChatBody> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return JSON.parse(body) as ChatBody;
}

function textIn({ messages }: ChatBody): string {
  const prompt = messages.at(-1)?.content ?? "";
  const from = prompt.indexOf(TEXT_BEGINS) + TEXT_BEGINS.length;
  return prompt.slice(from, prompt.lastIndexOf(TEXT_ENDS)).trim();
}

/** The answer of a model that follows its instructions: numbered lines, JSON lines, or plain text. */
function wellBehaved(text: string, translate: (text: string) => string): string {
  const lines = text.split("\n");
  if (lines.every((line) => line.startsWith("{"))) {
    const segments = lines.map((line) => {
      const { id, text: source } = JSON.parse(line) as { id: number; text: string };
      return { id, text: translate(source) };
    });
    return JSON.stringify({ segments });
  }
  if (!/^\[\d+\] /u.test(text)) return translate(text);
  return lines
    .map((line) =>
      line.replace(
        /^(\[\d+\] )(.*)$/u,
        (_, number: string, source: string) => number + translate(source),
      ),
    )
    .join("\n");
}

async function streamAnswer(
  response: ServerResponse,
  answer: string,
  finish: string,
  cutAfter: number,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (choice: object, more: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [choice], ...more })}\n\n`,
    );
  for (let at = 0; at < answer.length; at += PIECE) {
    if (at >= cutAfter) {
      response.destroy();
      return;
    }
    send({ index: 0, delta: { content: answer.slice(at, at + PIECE) } });
    if (at % (PIECE * 64) === 0) await wait(0);
  }
  const usage = {
    prompt_tokens: 7,
    completion_tokens: answer.length,
    total_tokens: answer.length + 7,
  };
  send({ index: 0, delta: {}, finish_reason: finish }, { usage });
  response.end("data: [DONE]\n\n");
}

async function misbehaveWith(response: ServerResponse, fault: Misbehaviour, good: string) {
  if (fault.kind === "status") {
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    response.end('{"error":{"message":"not now"}}');
  } else if (fault.kind === "stall") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": waiting\n\n");
  } else if (fault.kind === "cut") {
    await streamAnswer(response, good, "stop", fault.afterChars);
  } else {
    await streamAnswer(response, fault.text, fault.finish ?? "stop", Infinity);
  }
}

/**
 * A server on the loopback that speaks OpenAI's chat completions as a stream, and misbehaves as it
 * is told: `await using server = await startModelServer({ translate })`.
 */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const { translate, misbehave, delayMs = 0 } = options;
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const text = textIn(body);
      const { authorization } = request.headers;
      const noted = { authorization, text, wantsJson: body.response_format !== undefined };
      const fault = misbehave?.(seen.length, noted);
      seen.push(noted);
      if (delayMs > 0) await wait(delayMs);
      const good = wellBehaved(text, translate);
      if (fault) await misbehaveWith(response, fault, good);
      else await streamAnswer(response, good, "stop", Infinity);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
