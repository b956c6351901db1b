import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect as connectHttp2, type ClientHttp2Session } from "node:http2";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";

/** A request in the words of all protocols. */
export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Asks over one protocol. */
export type Ask = (request: PlainRequest) => Promise<PlainAnswer>;

/** HTTP/1.1 over a unix socket. */
export function http1OverSocket(socketPath: string): Ask {
  return ({ body, ...options }) => answered(httpRequest({ ...options, socketPath }), body);
}

/** HTTP/1.1 over TLS. */
export function http1OverTls(port: number, ca: string, headers: Record<string, string>): Ask {
  return ({ body, headers: own, ...options }) =>
    answered(
      httpsRequest({ ...options, host: "127.0.0.1", port, ca, headers: { ...headers, ...own } }),
      body,
    );
}

/** HTTP/2 on a session that the caller closes. */
export function http2On(session: ClientHttp2Session, headers: Record<string, string> = {}): Ask {
  return async ({ method, path, headers: own, body }) => {
    const names = { ":method": method, ":path": path, ...headers, ...own };
    const stream = session.request(names);
    stream.end(body);
    const [head] = (await once(stream, "response")) as [Record<string, unknown>];
    stream.setEncoding("utf8");
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return { status: Number(head[":status"]), headers: head, text };
  };
}

export function http2OverSocket(socketPath: string): ClientHttp2Session {
  return connectHttp2("http://localhost", { createConnection: () => connect(socketPath) });
}

export function http2OverTls(port: number, ca: string): ClientHttp2Session {
  return connectHttp2(`https://127.0.0.1:${port}`, { ca });
}

async function answered(
  request: ReturnType<typeof httpRequest>,
  body: string | Buffer | undefined,
): Promise<PlainAnswer> {
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
