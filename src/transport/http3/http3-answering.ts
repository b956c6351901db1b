import { once } from "node:events";

import { FbtrError } from "../../base/errors.ts";
import type { PeerArrival, PeerHandler } from "../peer.ts";
import { EMPTY_RESERVED_FRAME, FRAME, encodeFrame } from "./frames.ts";
import { H3, type Http3Error } from "./http3-error.ts";
import { IncomingMessage } from "./incoming-message.ts";
import { readRequestHead, toFields, type RequestHead } from "./message-heads.ts";
import { encodeFields } from "./qpack.ts";
import type { QuicStream } from "./quic.ts";

/**
 * How often the other side is asked whether it still wants its answer: a request that was given up
 * shows at the next write only.
 */
const PROBE_MS = 500;

export interface AnsweringOptions {
  readonly stream: QuicStream;
  readonly handler: PeerHandler;
  readonly peer: PeerArrival;
  readonly onConnectionError: (error: Http3Error) => void;
}

/** Reads one request and writes its answer. Never rejects: the other side is told, or gone. */
export async function answerRequest(options: AnsweringOptions): Promise<void> {
  const { stream, handler, peer, onConnectionError } = options;
  const message = new IncomingMessage({ stream, readHead: readRequestHead, onConnectionError });
  const gone = new AbortController();
  const probe = setInterval(() => stream.write(EMPTY_RESERVED_FRAME), PROBE_MS);
  stream.once("close", () => {
    clearInterval(probe);
    gone.abort(new FbtrError("CANCELLED", "The other side has given the request up."));
  });
  try {
    const request = toRequest(await message.head, message, gone.signal);
    await write(stream, request.method, await handler(request, peer));
  } catch {
    // A handler answers for its own errors; what is left are requests and answers that broke off.
    stream.close(H3.INTERNAL_ERROR);
  } finally {
    clearInterval(probe);
  }
}

function toRequest(
  head: RequestHead,
  message: IncomingMessage<RequestHead>,
  signal: AbortSignal,
): Request {
  const { method, authority, path, fields } = head;
  const headers = new Headers(fields.map(([name, value]): [string, string] => [name, value]));
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`https://${authority}${path}`, {
    method,
    headers,
    signal,
    ...(hasBody && { body: ReadableStream.from(message.body), duplex: "half" }),
  });
}

async function write(stream: QuicStream, method: string, response: Response): Promise<void> {
  const fields = toFields([[":status", String(response.status)], ...response.headers]);
  const head = encodeFrame(FRAME.HEADERS, encodeFields(fields));
  if (!response.body || method === "HEAD") {
    await response.body?.cancel();
    stream.end(head);
    return;
  }
  stream.write(head);
  const reader = response.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  stream.once("close", stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!stream.write(encodeFrame(FRAME.DATA, value))) await drained(stream);
    }
    stream.end();
  } finally {
    stream.off("close", stop);
  }
}

/** Waits until more may be written. @throws an error if the stream ends first. */
async function drained(stream: QuicStream): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([
      once(stream, "drain", { signal: over.signal }),
      once(stream, "close", { signal: over.signal }),
    ]);
  } finally {
    over.abort();
  }
}
