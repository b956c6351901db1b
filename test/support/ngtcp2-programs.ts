import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { requirePeer } from "./peers.ts";

const SERVER = "/usr/sbin/gtlsserver";
const CLIENT = "gtlsclient";

/** Whether the programs of ngtcp2, an HTTP/3 that others have written, are there. */
export const hasNgtcp2 = existsSync(SERVER) && spawnSync(CLIENT, ["--help"]).status === 0;
if (!hasNgtcp2) requirePeer(`${SERVER} and ${CLIENT} (packages ngtcp2-server, ngtcp2-client)`);

export interface Ngtcp2Server extends AsyncDisposable {
  readonly port: number;
}

/** Serves the files of a folder, and asks for a certificate of the client. */
export async function startNgtcp2Server(
  keyFile: string,
  certificateFile: string,
  folder: string,
): Promise<Ngtcp2Server> {
  const port = await freeUdpPort();
  const options = ["--quiet", "--verify-client", `--htdocs=${folder}`];
  const args = [...options, "127.0.0.1", String(port), keyFile, certificateFile];
  const server = spawn(SERVER, args, { stdio: "ignore" });
  await once(server, "spawn");
  return {
    port,
    async [Symbol.asyncDispose]() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}

/** Runs the client to its end. @returns what it tells, which includes what it got. */
export async function runNgtcp2Client(port: number, args: readonly string[]): Promise<string> {
  const limits = ["--exit-on-all-streams-close", "--timeout=3s", "--no-quic-dump"];
  const url = args.at(-1) ?? "";
  const options = [...limits, ...args.slice(0, -1)];
  const client = spawn(CLIENT, [...options, "127.0.0.1", String(port), url]);
  const told = Promise.all([text(client.stdout), text(client.stderr)]);
  await once(client, "exit");
  return (await told).join("\n");
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}
