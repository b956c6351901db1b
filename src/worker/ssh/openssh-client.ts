import { spawn, type ChildProcessByStdio } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";

import { systemErrorCode } from "../../base/errors.ts";
import { Secret } from "../../base/secret.ts";
import { abortable } from "../../base/abort.ts";
import { Deadline } from "./deadline.ts";
import { checkedHostName, checkedUserName } from "./host-name.ts";
import { HostTrust } from "./host-trust.ts";
import { expandHome, keyName, readKeyFile } from "./key-ring.ts";
import type { KnownHostLine } from "./known-hosts.ts";
import { masterArguments, READY } from "./openssh-command.ts";
import { OpenSshConnection, type Master } from "./openssh-connection.ts";
import { toConnectError } from "./openssh-errors.ts";
import { OpenSshPrompts } from "./openssh-prompts.ts";
import {
  DEFAULT_KEEP_ALIVE,
  type SshClient,
  type SshClientOptions,
  type SshPrompts,
  type SshTarget,
} from "./ssh-client.ts";
import { unreachable, unsupported } from "./ssh-errors.ts";

export interface OpenSshClientOptions extends SshClientOptions {
  /** The user's ssh configuration, if not the default one. */
  readonly configFile?: string;
}

/** A path of a socket has room for 104 bytes on some systems; ssh adds 17 while it makes one. */
const MAX_FOLDER_LENGTH = 50;

/**
 * SSH by the system's programs ssh and sftp: one process holds the connection (ControlMaster), others
 * go through it. Does what ssh2 cannot: certificates, security keys, post-quantum key exchange,
 * ProxyCommand.
 */
export class OpenSshClient implements SshClient {
  readonly #options: OpenSshClientOptions;

  constructor(options: OpenSshClientOptions) {
    this.#options = options;
  }

  async connect(target: SshTarget, signal?: AbortSignal): Promise<OpenSshConnection> {
    checkedHostName(target.host);
    checkedHostName(target.configName ?? target.host);
    checkedUserName(target.user);
    signal?.throwIfAborted();
    if (process.platform === "win32")
      throw unsupported(target, "ssh of Windows shares no connection (ControlMaster)");
    const jump = target.jump && (await this.connect(target.jump, signal));
    const folder = await privateFolder();
    try {
      const master = await this.#startMaster(target, folder, jump, signal);
      return new OpenSshConnection(target, master, jump);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      await jump?.close();
      throw error;
    }
  }

  async #startMaster(
    target: SshTarget,
    folder: string,
    jump: OpenSshConnection | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Master> {
    const { knownHosts, prompts = {}, timeoutMs, configFile } = this.#options;
    const { keepAlive = DEFAULT_KEEP_ALIVE } = this.#options;
    const late = () => unreachable(target, `no answer within ${timeoutMs / 1000} s`);
    using deadline = new Deadline(timeoutMs, late, signal);
    const knownLines = await new HostTrust(knownHosts, undefined).linesAbout(target);
    const keyNames = await keyFilesOf(target, folder);
    await using answers = await OpenSshPrompts.listen(folder, {
      target,
      prompts: pausing(prompts, deadline),
      knownLines,
      keyNames,
    });
    const controlPath = join(folder, "control");
    const settings = {
      target,
      controlPath,
      knownHosts,
      keyFiles: [...keyNames.keys()],
      timeoutMs,
      keepAlive,
      configFile,
      jumpControlPath: jump?.controlPath,
    };
    const process = spawn("ssh", masterArguments(settings), {
      env: { ...globalThis.process.env, ...answers.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = await untilReady(target, process, answers, knownLines, deadline.signal);
    await removeKeyFiles(keyNames.keys(), folder);
    return { process, folder, controlPath, said };
  }
}

/** Keys by path, with the names that messages call them by. Keys given as text get a file. */
async function keyFilesOf(target: SshTarget, folder: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [index, key] of (target.auth.keys ?? []).entries()) {
    if (key instanceof Secret) {
      const path = join(folder, `key-${index}`);
      await writeFile(path, `${key.reveal().trim()}\n`, { mode: 0o600 });
      names.set(path, keyName(key));
    } else {
      await readKeyFile(expandHome(key));
      names.set(expandHome(key), keyName(key));
    }
  }
  return names;
}

/** Keys that were given as text have served. */
async function removeKeyFiles(paths: Iterable<string>, folder: string): Promise<void> {
  for (const path of paths) if (dirname(path) === folder) await rm(path);
}

/** Waits until the connection stands. Gives back what goes on to collect what ssh says. */
async function untilReady(
  target: SshTarget,
  process: ChildProcessByStdio<null, Readable, Readable>,
  answers: OpenSshPrompts,
  knownLines: readonly KnownHostLine[],
  signal: AbortSignal,
): Promise<() => string> {
  let said = "";
  process.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    // The end of what it says matters; a server may greet at length.
    said = (said + chunk).slice(-65_536);
  });
  const ready = new Promise<void>((resolve, reject) => {
    let printed = "";
    process.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (printed.includes(READY)) resolve();
    });
    process.once("close", () => {
      reject(answers.failure ?? toConnectError(target, said, knownLines));
    });
    process.once("error", (error) => reject(toSpawnError(target, error)));
  });
  try {
    await abortable(ready, signal, () => undefined);
    return () => said;
  } catch (error) {
    process.kill("SIGTERM");
    throw error;
  }
}

function toSpawnError(target: SshTarget, error: Error): Error {
  if (systemErrorCode(error) !== "ENOENT") return error;
  return unsupported(target, "there is no program ssh on this machine", error);
}

async function privateFolder(): Promise<string> {
  const base = tmpdir().length > MAX_FOLDER_LENGTH ? "/tmp" : tmpdir();
  const folder = await mkdtemp(join(base, "fbtr-ssh-"));
  await chmod(folder, 0o700);
  return folder;
}

function pausing({ trustHost, answer, passphrase }: SshPrompts, deadline: Deadline): SshPrompts {
  return {
    ...(trustHost && { trustHost: (offered) => deadline.pausedWhile(() => trustHost(offered)) }),
    ...(answer && { answer: (question) => deadline.pausedWhile(() => answer(question)) }),
    ...(passphrase && { passphrase: (key) => deadline.pausedWhile(() => passphrase(key)) }),
  };
}
