import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

import { Secret } from "../base/secret.ts";
import type { OfferedHostKey, SshPrompts, SshQuestion } from "../worker/ssh/ssh-client.ts";
import type { Terminal } from "./terminal.ts";

/** What the user has said beforehand about machines that are not known yet. */
export interface TrustWishes {
  /** Trusts the key that a host shows when it is seen first (as ssh does with accept-new). */
  readonly acceptNew: boolean;
}

/**
 * Asks the user what only they can say of an SSH connection, as long as `mayAsk` is set. Answers that
 * are secret are not shown, and are no part of any command line.
 */
export class TerminalPrompts implements SshPrompts {
  /** Whether the user may be asked now: not while a list is drawn. */
  mayAsk = false;
  readonly #terminal: Terminal;
  readonly #wishes: TrustWishes;
  /** One question after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(terminal: Terminal, wishes: TrustWishes) {
    this.#terminal = terminal;
    this.#wishes = wishes;
  }

  /** Whether there is somebody to ask. */
  get hasUser(): boolean {
    const { stdin, screen } = this.#terminal;
    return screen !== undefined && (stdin as NodeJS.ReadStream).isTTY;
  }

  readonly trustHost = async (offered: OfferedHostKey): Promise<boolean> => {
    if (this.#wishes.acceptNew) return true;
    const { host, port, type, fingerprint } = offered;
    const question = `${host}:${port} shows the ${type} key ${fingerprint}.\nIs that its own? [y/N] `;
    return /^y(?:es)?$/i.test((await this.#ask(question, true)) ?? "");
  };

  readonly passphrase = async (key: string): Promise<Secret | undefined> => {
    return secretOf(await this.#ask(`Passphrase of ${key}: `, false));
  };

  readonly answer = async ({
    user,
    host,
    text,
    echo,
  }: SshQuestion): Promise<Secret | undefined> => {
    return secretOf(await this.#ask(`${user}@${host}: ${text}`, echo));
  };

  async #ask(question: string, isShown: boolean): Promise<string | undefined> {
    if (!this.mayAsk || !this.hasUser) return undefined;
    const turn = this.#last.then(() => this.#read(question, isShown));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #read(question: string, isShown: boolean): Promise<string> {
    const { stdin } = this.#terminal;
    this.#terminal.writeError(question);
    // What readline would show of the typed is thrown away.
    const output = new Writable({ write: (_chunk, _encoding, done) => done() });
    const input = stdin as NodeJS.ReadStream;
    const lines = createInterface({
      input,
      output: isShown ? this.#terminal.screen : output,
      terminal: true,
    });
    try {
      return await lines.question("");
    } finally {
      lines.close();
      if (!isShown) this.#terminal.writeError("\n");
    }
  }
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text);
}
