import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a port of loopback that can be cut like a cable: nothing is said, nothing arrives. */
export interface Cable extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing goes through, and nobody is told. */
  unplug(): void;
}

export async function cableTo(target: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  let isPlugged = true;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => sockets.delete(socket));
    }
    near.on("data", (data) => isPlugged && far.write(data));
    far.on("data", (data) => isPlugged && near.write(data));
    near.once("close", () => isPlugged && far.destroy());
    far.once("close", () => isPlugged && near.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    unplug: () => {
      isPlugged = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
