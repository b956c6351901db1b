import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { createInterface } from "node:readline";

import ssh2 from "ssh2";

import type { SshTarget } from "../../src/worker/ssh/ssh-client.ts";
import { freePort } from "./daemon.ts";
import { SSHD } from "./ssh-programs.ts";
import { tempDir, type TempDir } from "./temp-dir.ts";

/** Where sshd locks its unprivileged half in; made when the machine boots. */
const PRIVILEGE_SEPARATION = "/run/sshd";
/** From 9.8 on sshd turns away those who fail, also in tests. */
const PENALTIES_SINCE = 9.8;

/** An OpenSSH server on loopback, with everything that it needs in a folder of its own. */
export interface SshServer extends AsyncDisposable {
  readonly port: number;
  /** The folder, for what a test adds. */
  readonly dir: TempDir;
  /** Private key that may log in. */
  readonly key: string;
  /** known_hosts file with the keys of the server. */
  readonly knownHosts: string;
  /** What logs in with `key`. */
  readonly target: SshTarget;
  /** Everything that the server has logged, a line each. */
  readonly log: readonly string[];
  /** The processes that serve connections. */
  sessions(): number[];
}

/**
 * @param options lines of sshd_config.
 * @param prepare is called when the keys are there, and gives more lines of sshd_config.
 */
export async function startSshServer(
  options: readonly string[] = [],
  hostKeys: readonly ("ed25519" | "ecdsa")[] = ["ed25519"],
  prepare: (dir: TempDir) => readonly string[] = () => [],
): Promise<SshServer> {
  const dir = await tempDir();
  const port = await freePort();
  const key = generateKey(dir, "client_key", "ed25519");
  writeFileSync(dir.file("authorized_keys"), readFileSync(`${key}.pub`));
  const lines = hostKeys.map((type) => {
    const hostKey = generateKey(dir, `host_${type}`, type);
    return knownHostsLine(port, readFileSync(`${hostKey}.pub`, "utf8"));
  });
  writeFileSync(dir.file("known_hosts"), lines.join(""));
  writeFileSync(
    dir.file("sshd_config"),
    configuration(dir, port, [...options, ...prepare(dir)], hostKeys),
  );
  if (userInfo().uid === 0) mkdirSync(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
  const { child, log } = await startSshd(dir);
  const target = { host: "127.0.0.1", port, user: userInfo().username, auth: { keys: [key] } };
  const sessions = () => childrenOf(child.pid);
  return {
    port,
    dir,
    key,
    knownHosts: dir.file("known_hosts"),
    target,
    log,
    sessions,
    async [Symbol.asyncDispose]() {
      // Those who serve connections outlive the server, stopped ones too.
      const left = sessions();
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      for (const pid of left) kill(pid);
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** Makes a key without a passphrase in `name`, and its public half in `name`.pub. */
export function generateKey(dir: TempDir, name: string, type: "ed25519" | "ecdsa"): string {
  const path = dir.file(name);
  // Faster than ssh-keygen, which takes a process for each key.
  const pair =
    type === "ed25519" ? ed25519Pair() : ssh2.utils.generateKeyPairSync(type, { bits: 256 });
  writeFileSync(path, pair.private, { mode: 0o600 });
  writeFileSync(`${path}.pub`, `${pair.public}\n`);
  return path;
}

/** Length of a public key of Ed25519 as SSH writes it (RFC 8709 §4): its name, and 32 bytes. */
const ED25519_BYTES = 51;

/** ssh2 leaves out a zero that a key begins with, one time in 256; sshd does not take that. */
function ed25519Pair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    const [, key = ""] = pair.public.split(" ");
    if (Buffer.from(key, "base64").length === ED25519_BYTES) return pair;
  }
}

/** Makes an Ed25519 key that opens with a passphrase, quickly. */
export function generateLockedKey(dir: TempDir, name: string, passphrase: string): string {
  const path = dir.file(name);
  const options = ["-q", "-t", "ed25519", "-N", passphrase, "-a", "1", "-f", path];
  execFileSync("ssh-keygen", options);
  return path;
}

/** @param publicKey the content of a .pub file. */
export function knownHostsLine(port: number, publicKey: string): string {
  return `[127.0.0.1]:${port} ${publicKey.split(" ").slice(0, 2).join(" ").trim()}\n`;
}

function configuration(
  dir: TempDir,
  port: number,
  options: readonly string[],
  hostKeys: readonly ("ed25519" | "ecdsa")[],
): string {
  const { stderr: version } = spawnSync("ssh", ["-V"], { encoding: "utf8" });
  const lines = [
    // What stands first counts.
    ...options,
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...hostKeys.map((type) => `HostKey ${dir.file(`host_${type}`)}`),
    `AuthorizedKeysFile ${dir.file("authorized_keys")}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin yes",
    "LogLevel VERBOSE",
    "Subsystem sftp internal-sftp",
    // Or bash reads ~/.bashrc for each command, with whatever the machine's user has there.
    "SetEnv SHLVL=2",
    ...(sshVersion(version) >= PENALTIES_SINCE ? ["PerSourcePenalties no"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function sshVersion(text: string): number {
  return Number(/OpenSSH_(\d+\.\d+)/.exec(text)?.[1] ?? 0);
}

async function startSshd(dir: TempDir): Promise<{ child: ChildProcess; log: string[] }> {
  const child = spawn(SSHD, ["-D", "-e", "-f", dir.file("sshd_config")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stderr });
    lines.on("line", (line) => {
      log.push(line);
      if (line.startsWith("Server listening")) resolve();
    });
    lines.once("close", () => reject(new Error(`sshd did not start: ${log.join("\n")}`)));
    child.once("error", reject);
  });
  return { child, log };
}

/** All descendants of a process, children first. */
function childrenOf(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = childrenIn(`/proc/${pid}/task/${pid}/children`);
  return children.map(Number).flatMap((child) => childrenOf(child).concat(child));
}

/** A process may end between being listed and being looked at. */
function childrenIn(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split(" ").filter(Boolean);
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
