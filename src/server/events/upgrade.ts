import type { Answering, Arrival } from "../http/listeners.ts";
import type { EventSockets } from "./web-sockets.ts";

/**
 * Lets a client speak WebSocket if the API lets it in: the request to upgrade goes through the same
 * guards as every other one.
 */
export function upgradeWith(
  fetch: (request: Request, arrival: Arrival) => Response | Promise<Response>,
  sockets: EventSockets,
): Answering["upgrade"] {
  return (request, socket, head, arrival) => {
    const answer = async () => {
      const headers = new Headers(
        Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        ),
      );
      const url = new URL(request.url ?? "/", "http://daemon");
      const told = await fetch(new Request(url, { headers }), arrival);
      if (told.status === SWITCH) sockets.accept(request, socket, head);
      else socket.end(await answerText(told));
    };
    // A client that leaves in the middle is no fault of the daemon.
    socket.on("error", () => socket.destroy());
    answer().catch(() => socket.destroy());
  };
}

/** What the route of the events answers to a request to upgrade: it takes no other connection. */
export const SWITCH = 204;

async function answerText(answer: Response): Promise<string> {
  const body = await answer.text();
  const type = answer.headers.get("content-type") ?? "text/plain";
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.statusText || "Refused"}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
