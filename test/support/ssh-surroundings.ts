import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { Readable } from "node:stream";

import { FbtrError } from "../../src/base/errors.ts";
import type { SshServer } from "./ssh-server.ts";

/** What stands in a file; "" if it cannot be read. */
export function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The error with which it fails; whatever is no error of fbtr is thrown. */
export async function failureOf(promise: Promise<unknown>): Promise<FbtrError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FbtrError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

/** What ssh-keygen says of a .pub file. */
export function fingerprintOf(publicKey: string): string {
  return execFileSync("ssh-keygen", ["-lf", publicKey], { encoding: "utf8" }).split(" ")[1] ?? "";
}

/** Lets one more key log in. */
export function allow(server: SshServer, publicKey: string): void {
  writeFileSync(server.dir.file("authorized_keys"), readFileSync(publicKey), { flag: "a" });
}

/** A stream that says `line` after a while, and ends. */
export function slowly(line: string, ms: number): Readable {
  return Readable.from(
    (async function* () {
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
      yield line;
    })(),
  );
}

/** Sends back what it gets, unless told otherwise. */
export async function echoServer(
  place: number | string,
  serve: (socket: Socket) => void = (socket) => socket.pipe(socket),
): Promise<Server & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  if (typeof place === "string") server.listen(place);
  else server.listen(place, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(server, {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  });
}

/** An ssh-agent of the test, without keys. */
export interface Agent extends AsyncDisposable {
  readonly socket: string;
  add(key: string): void;
}

export async function startAgent(socket: string): Promise<Agent> {
  const child = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return {
    socket,
    add: (key) => {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      execFileSync("ssh-add", ["-q", key], { env, stdio: "ignore" });
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
