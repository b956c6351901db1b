import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";

import { getRequestListener } from "@hono/node-server";

import type { EventSockets } from "../events/web-sockets.ts";

export async function openListeners(
  path: string,
  fetch: (request: Request) => Response | Promise<Response>,
  sockets: EventSockets,
) {
  rmSync(path, { force: true });
  const server = createServer(getRequestListener(fetch));
  server.on("upgrade", (request, socket, head) => sockets.accept(request, socket, head));
  server.listen(path);
  await once(server, "listening");
  return {
    addresses: [] as string[],
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
