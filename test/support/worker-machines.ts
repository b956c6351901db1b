import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { machineSurroundings } from "../../src/cli/compose.ts";
import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "./captured-terminal.ts";
import { environmentIn } from "./daemon.ts";
import type { SshServer } from "./ssh-server.ts";
import type { TempDir } from "./temp-dir.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What a run of fbtr has printed, and its exit status. */
export interface FbtrRun {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** A machine of a test: folders of its own, in which fbtr keeps everything. */
export interface Machine {
  readonly dir: TempDir;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs fbtr there, in a process of its own. */
  fbtr(args: readonly string[], input?: string): Promise<FbtrRun>;
  /** The same in this process: a command line costs a second otherwise. */
  quickly(args: readonly string[]): Promise<FbtrRun>;
}

/**
 * A machine in `dir`, with a file `fbtr` that runs fbtr for whoever logs in.
 *
 * @param main the program, if it is not the one that was built.
 */
export async function machineIn(
  dir: TempDir,
  more: NodeJS.ProcessEnv = {},
  main = MAIN,
): Promise<Machine> {
  const environment = await environmentIn(dir, more);
  const settings = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  const command = dir.file("fbtr");
  const lines = ["#!/bin/sh", ...settings, `exec '${process.execPath}' '${main}' "$@"`, ""];
  writeFileSync(command, lines.join("\n"));
  chmodSync(command, 0o755);
  return {
    dir,
    environment,
    fbtr: (args, input) => runFbtr(environment, main, args, input),
    quickly: async (args) => {
      const terminal = capturedTerminal();
      const surroundings = { ...machineSurroundings(), environment, home: dir.path };
      const status = await run(args, terminal, surroundings);
      return { status, out: terminal.out, error: terminal.error };
    },
  };
}

async function runFbtr(
  environment: NodeJS.ProcessEnv,
  main: string,
  args: readonly string[],
  input = "",
): Promise<FbtrRun> {
  const child = spawn(process.execPath, [main, ...args], { env: environment });
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, error, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { status, out, error };
}

/** Writes the configuration of a root: its workers, all behind one SSH server. */
export function configure(
  root: Machine,
  server: SshServer,
  workers: Readonly<Record<string, Machine>>,
  more: object = {},
): void {
  const { port, user, auth } = { ...server.target, ...server };
  const settings = Object.entries(workers).map(([id, { dir }]) => {
    const command = dir.file("fbtr");
    const login = { host: "127.0.0.1", port, user, key_file: auth.keys?.[0] ?? server.key };
    return [id, { name: `Machine ${id}`, ...login, command }] as const;
  });
  const distributed = {
    enabled: true,
    ssh_max_retries: 0,
    ssh_config: { known_hosts_path: server.knownHosts },
    workers: Object.fromEntries(settings),
    ...more,
  };
  mkdirSync(root.dir.file("config/fbtr"), { recursive: true });
  const path = root.dir.file("config/fbtr/config.json");
  writeFileSync(path, JSON.stringify({ distributed }), { mode: 0o600 });
}

/** Lines of JSON. */
export function jsonLines(textOfLines: string): Record<string, unknown>[] {
  const lines = textOfLines.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
