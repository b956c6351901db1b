import { mkdirSync, readFileSync } from "node:fs";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { unframed } from "../../src/worker/pairing/frame.ts";
import { Ssh2Client } from "../../src/worker/ssh/ssh2-client.ts";
import type { SshConnection } from "../../src/worker/ssh/ssh-client.ts";
import { freePort } from "../support/daemon.ts";
import { hasSshd } from "../support/ssh-programs.ts";
import { startSshServer, type SshServer } from "../support/ssh-server.ts";
import { echoServer } from "../support/ssh-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";
import { machineIn, type Machine } from "../support/worker-machines.ts";

/** What comes back of a word that is sent through a tunnel; "refused" if it does not open. */
async function echoOf(open: () => Promise<Duplex>): Promise<string> {
  try {
    const tunnel = await open();
    tunnel.end("word");
    return await text(tunnel);
  } catch {
    return "refused";
  }
}

describe.skipIf(!hasSshd)("a key that `fbtr worker authorize` has let in", () => {
  let dir: TempDir;
  let machine: Machine;
  let server: SshServer;

  beforeAll(async () => {
    dir = await tempDir();
    machine = await machineIn(dir);
    mkdirSync(dir.file(".ssh"));
    const { environment } = machine;
    const folders = ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"];
    const set = folders.map((name) => `${name}=${environment[name]}`).join(" ");
    server = await startSshServer([
      `AuthorizedKeysFile ${dir.file(".ssh/authorized_keys")}`,
      `SetEnv SHLVL=2 OLLAMA_ENABLED=false ${set}`,
    ]);
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await dir[Symbol.asyncDispose]();
  });

  const authorize = (...more: readonly string[]) =>
    machine.fbtr(["worker", "authorize", readFileSync(`${server.key}.pub`, "utf8"), ...more]);

  const connect = (): Promise<SshConnection> =>
    new Ssh2Client({ knownHosts: [server.knownHosts], timeoutMs: 15_000 }).connect(server.target);

  it("runs the worker's commands and nothing else, and opens no tunnel", async () => {
    expect(await authorize()).toMatchObject({ status: 0 });
    await using connection = await connect();
    const [status, other] = await Promise.all([
      connection.exec("fbtr worker status"),
      connection.exec("id"),
    ]);
    expect(unframed(status.stdout.toString())).toMatchObject({ v: 1, running: false });
    expect(other.stdout.toString()).toBe("");
    expect(other.stderr.toString()).toContain("this key may only pair and ask how the worker is");
    expect(other.exitCode).toBe(21);
    const socket = dir.file("s.sock");
    await using _echo = await echoServer(socket);
    expect(await echoOf(() => connection.openSocketTunnel(socket))).toBe("refused");
  });

  it("reaches the socket for paired machines with --tunnel, and no other place", async () => {
    expect(await authorize("--tunnel")).toMatchObject({ status: 0 });
    await using connection = await connect();
    const state = dir.file("state/fbtr");
    mkdirSync(state, { recursive: true });
    const [peers, admin] = [`${state}/peers.sock`, `${state}/daemon.sock`];
    const port = await freePort();
    await using _peers = await echoServer(peers);
    await using _admin = await echoServer(admin);
    await using _port = await echoServer(port);
    expect(await echoOf(() => connection.openSocketTunnel(peers))).toBe("word");
    expect(await echoOf(() => connection.openSocketTunnel(admin))).toBe("refused");
    expect(await echoOf(() => connection.openTunnel("127.0.0.1", port))).toBe("refused");
    expect((await connection.exec("id")).stdout.toString()).toBe("");
  });
});
