import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { FbtrError } from "../../base/errors.ts";
import type { Secret } from "../../base/secret.ts";
import { changedError } from "./host-trust.ts";
import type { KnownHostLine } from "./known-hosts.ts";
import type { OfferedHostKey, SshPrompts, SshTarget } from "./ssh-client.ts";
import { hostUnknown, keyLocked } from "./ssh-errors.ts";
import { shellQuoted } from "./openssh-command.ts";

/** Compiled or not, the script stands beside this file. */
const SCRIPT = fileURLToPath(new URL(`./askpass${extname(import.meta.filename)}`, import.meta.url));

const HOST_KEY = /^The authenticity of host .* can't be established/s;
const SHOWN_KEY = /(\S+) key fingerprint is (SHA256:[^\s.]+)/;
const OTHER_TYPES_KNOWN = "keys of different type are already known";
const PASSPHRASE = /^Enter passphrase for key '(.*)': ?$/s;

export interface PromptSurroundings {
  readonly target: SshTarget;
  readonly prompts: SshPrompts;
  /** What known_hosts says about the target. */
  readonly knownLines: readonly KnownHostLine[];
  /** How messages name a key, by the path that ssh was given. */
  readonly keyNames: ReadonlyMap<string, string>;
}

/** Answers the questions of the system's ssh (SSH_ASKPASS), so that no secret is in an argument. */
export class OpenSshPrompts implements AsyncDisposable {
  /** What a user's answer, or its absence, means for the connection. */
  failure: FbtrError | undefined;
  readonly #surroundings: PromptSurroundings;
  readonly #server: Server;
  readonly #folder: string;
  #password: Secret | undefined;

  private constructor(folder: string, surroundings: PromptSurroundings) {
    this.#folder = folder;
    this.#surroundings = surroundings;
    this.#password = surroundings.target.auth.password;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
  }

  /** @param folder where nobody else may look. */
  static async listen(folder: string, surroundings: PromptSurroundings): Promise<OpenSshPrompts> {
    const prompts = new OpenSshPrompts(folder, surroundings);
    prompts.#server.listen(prompts.#socketPath);
    await once(prompts.#server, "listening");
    const command = [process.execPath, SCRIPT, prompts.#socketPath].map(shellQuoted).join(" ");
    await writeFile(prompts.#program, `#!/bin/sh\nexec ${command} "$1"\n`, { mode: 0o700 });
    return prompts;
  }

  /** What ssh needs to find us. */
  get environment(): NodeJS.ProcessEnv {
    return { SSH_ASKPASS: this.#program, SSH_ASKPASS_REQUIRE: "force" };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    await once(this.#server, "close");
  }

  get #program(): string {
    return join(this.#folder, "askpass");
  }

  get #socketPath(): string {
    return join(this.#folder, "ask");
  }

  #serve(socket: Socket): void {
    let question = "";
    // A connection that is given up ends its question, and ssh with it.
    socket.on("error", () => undefined);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      question += chunk;
    });
    socket.once("end", () => {
      this.#answer(question).then(
        (answer) => socket.end(answer ?? ""),
        // A prompt that fails is a prompt without an answer.
        () => socket.end(),
      );
    });
  }

  async #answer(question: string): Promise<string | undefined> {
    if (HOST_KEY.test(question)) return (await this.#trusts(question)) ? "yes" : "no";
    const [, key] = PASSPHRASE.exec(question) ?? [];
    if (key !== undefined) return this.#passphrase(key);
    if (this.#password !== undefined) {
      const password = this.#password;
      this.#password = undefined;
      return password.reveal();
    }
    const { target, prompts } = this.#surroundings;
    const { host, user } = target;
    // ssh does not tell a program whether the answer may be seen.
    return (await prompts.answer?.({ host, user, text: question, echo: false }))?.reveal();
  }

  async #trusts(question: string): Promise<boolean> {
    const { target, prompts, knownLines } = this.#surroundings;
    const offered = offeredKey(target, SHOWN_KEY.exec(question));
    if (question.includes(OTHER_TYPES_KNOWN)) {
      const known = knownLines.filter(({ marker }) => marker === undefined);
      this.failure = changedError(offered, known);
      return false;
    }
    if ((await prompts.trustHost?.(offered)) === true) return true;
    this.failure = hostUnknown(offered);
    return false;
  }

  async #passphrase(path: string): Promise<string | undefined> {
    const { prompts, keyNames } = this.#surroundings;
    const name = keyNames.get(path) ?? path;
    const passphrase = await prompts.passphrase?.(name);
    if (passphrase === undefined) this.failure = keyLocked(name);
    return passphrase?.reveal();
  }
}

/** @param shown type and fingerprint, as ssh names them. */
export function offeredKey(
  { host, port }: SshTarget,
  shown: RegExpExecArray | null,
): OfferedHostKey {
  const [, type = "", fingerprint = ""] = shown ?? [];
  return { host, port, type, fingerprint };
}
