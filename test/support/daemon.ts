import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { Agent, fetch, type RequestInit, type Response } from "undici";
import { WebSocket } from "ws";

import type { FbtrEvent } from "../../src/base/events.ts";
import type { TempDir } from "./temp-dir.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A daemon in a process of its own, asked over its socket. Disposing stops it. */
export interface Daemon extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly socket: string;
  /** Where it listens on loopback, such as `http://127.0.0.1:40000`. */
  readonly address: string;
  fetch(path: string, options?: RequestInit): Promise<Response>;
  /** The answer as JSON, whatever its status. */
  json(path: string, options?: RequestInit): Promise<unknown>;
  post(path: string, body: unknown): Promise<Response>;
  /** Connects to the events; `path` begins with `/ws`. */
  webSocket(path: string): WebSocket;
  /** Ends the process, and waits for its exit status. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** A port of loopback that nobody listened at a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Variables that keep everything of fbtr in `dir`, and away from other daemons. */
export async function environmentIn(
  dir: TempDir,
  more: NodeJS.ProcessEnv = {},
): Promise<NodeJS.ProcessEnv> {
  return {
    OLLAMA_ENABLED: "false",
    TRANSLATOR_PORT: String(await freePort()),
    PATH: process.env["PATH"],
    HOME: dir.path,
    XDG_STATE_HOME: dir.file("state"),
    XDG_CACHE_HOME: dir.file("cache"),
    XDG_CONFIG_HOME: dir.file("config"),
    XDG_RUNTIME_DIR: dir.file("run"),
    ...more,
  };
}

/** Starts `fbtr daemon run` in `dir` and waits until it says that it listens. */
export async function startDaemon(
  dir: TempDir,
  { main = MAIN, env = {} }: { readonly main?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Daemon> {
  const child = spawn(process.execPath, [main, "daemon", "run"], {
    env: await environmentIn(dir, env),
    cwd: dir.path,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { socket, address } = await placesOf(child);
  const dispatcher = new Agent({ connect: { socketPath: socket }, bodyTimeout: 0 });
  const ask = async (path: string, options: RequestInit = {}) =>
    fetch(`http://localhost${path}`, { dispatcher, ...options });
  return {
    process: child,
    socket,
    address,
    fetch: ask,
    json: async (path, options) => (await ask(path, options)).json(),
    post: async (path, body) =>
      ask(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    webSocket: (path) => new WebSocket(`ws+unix:${socket}:${path}`),
    kill: async (signal) => {
      child.kill(signal);
      return exitOf(child);
    },
    [Symbol.asyncDispose]: async () => {
      await dispatcher.destroy();
      child.kill("SIGTERM");
      await exitOf(child);
    },
  };
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

/** Waits for the line in which the daemon says where it listens. */
async function placesOf(child: ChildProcess): Promise<{ socket: string; address: string }> {
  const said: string[] = [];
  if (!child.stderr) throw new Error("the daemon has no standard error");
  for await (const line of createInterface({ input: child.stderr })) {
    const [, socket, address] = /^fbtr listens on (\S+\.sock), (\S+)/.exec(line) ?? [];
    if (socket !== undefined && address !== undefined) {
      child.stderr.resume();
      return { socket, address };
    }
    said.push(line);
  }
  throw new Error(`the daemon did not start: ${said.join("\n")}`);
}

/** Collects events until one is `last`, or until the connection ends. */
export async function eventsUntil(
  client: WebSocket,
  last: (event: FbtrEvent) => boolean,
): Promise<FbtrEvent[]> {
  const events: FbtrEvent[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on("message", (data: Buffer) => {
      const event = JSON.parse(data.toString()) as FbtrEvent;
      events.push(event);
      if (last(event)) resolve();
    });
    client.on("close", () => resolve());
    client.on("error", reject);
  });
  return events;
}
