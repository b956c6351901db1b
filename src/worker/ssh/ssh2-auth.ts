import type { AnyAuthMethod, AuthenticationType, Prompt } from "ssh2";

import type { Secret } from "../../base/secret.ts";
import { keyName, type KeyRing } from "./key-ring.ts";
import type { SshAuth, SshPrompts, SshTarget } from "./ssh-client.ts";

type Keys = Pick<KeyRing, "get" | "isLocked">;

const PASSWORD_ATTEMPTS = 3;

/** How one login is tried: keys, the agent, the password, and what the server asks. */
export class LoginAttempt {
  /** What was tried, for the message when nothing helped. */
  readonly tried: string[] = [];
  readonly #target: SshTarget;
  readonly #keys: Keys;
  readonly #prompts: SshPrompts;
  readonly #methods: AsyncGenerator<AnyAuthMethod>;
  /** What the server still takes; undefined before it has said so. */
  #allowed: readonly AuthenticationType[] | undefined;

  constructor(target: SshTarget, keys: Keys, prompts: SshPrompts) {
    this.#target = target;
    this.#keys = keys;
    this.#prompts = prompts;
    this.#methods = this.#inOrder(target.auth);
  }

  /**
   * The next method to try; false when there is none.
   *
   * @throws FbtrError SSH_KEY_UNUSABLE, SSH_UNSUPPORTED.
   */
  async next(allowed: readonly AuthenticationType[] | null): Promise<AnyAuthMethod | false> {
    this.#allowed = allowed ?? undefined;
    const { value, done } = await this.#methods.next();
    return done === true ? false : value;
  }

  async *#inOrder(auth: SshAuth): AsyncGenerator<AnyAuthMethod> {
    const username = this.#target.user;
    const locked: (string | Secret)[] = [];
    for (const source of auth.keys ?? []) {
      if (await this.#keys.isLocked(source)) locked.push(source);
      else yield* this.#key(source);
    }
    if (auth.agent !== undefined && this.#allows("publickey")) {
      this.tried.push("the ssh-agent");
      yield { type: "agent", username, agent: auth.agent };
    }
    // The agent may hold these keys already: nobody is asked for a passphrase without need.
    for (const source of locked) yield* this.#key(source);
    if (auth.password !== undefined && this.#allows("password")) {
      this.tried.push("the password");
      yield { type: "password", username, password: auth.password.reveal() };
    }
    if (this.#canAnswer && this.#allows("keyboard-interactive")) {
      this.tried.push("keyboard-interactive");
      yield this.#keyboardInteractive();
    }
    yield* this.#askedPasswords();
  }

  async *#key(source: string | Secret): AsyncGenerator<AnyAuthMethod> {
    if (!this.#allows("publickey")) return;
    this.tried.push(`the key ${keyName(source)}`);
    const key = await this.#keys.get(this.#target, source);
    yield { type: "publickey", username: this.#target.user, key };
  }

  async *#askedPasswords(): AsyncGenerator<AnyAuthMethod> {
    const { user: username, host } = this.#target;
    for (let attempt = 0; attempt < PASSWORD_ATTEMPTS; attempt += 1) {
      if (!this.#allows("password")) return;
      const text = `Password of ${username}@${host}:`;
      const password = await this.#prompts.answer?.({ host, user: username, text, echo: false });
      if (password === undefined) return;
      this.tried.push("a password");
      yield { type: "password", username, password: password.reveal() };
    }
  }

  #allows(method: AuthenticationType): boolean {
    return this.#allowed?.includes(method) ?? true;
  }

  get #canAnswer(): boolean {
    return this.#target.auth.password !== undefined || this.#prompts.answer !== undefined;
  }

  #keyboardInteractive(): AnyAuthMethod {
    let unused = this.#target.auth.password;
    const answer = async ({ prompt, echo = false }: Prompt) => {
      if (unused !== undefined && !echo) {
        const password = unused;
        unused = undefined;
        return password.reveal();
      }
      const { host, user } = this.#target;
      const given = await this.#prompts.answer?.({ host, user, text: prompt, echo });
      // No answer is a wrong answer: the server decides.
      return given?.reveal() ?? "";
    };
    const answerAll = async (prompts: readonly Prompt[]) => {
      const answers: string[] = [];
      for (const prompt of prompts) answers.push(await answer(prompt));
      return answers;
    };
    return {
      type: "keyboard-interactive",
      username: this.#target.user,
      prompt: (_name, _instructions, _language, prompts, finish) => {
        answerAll(prompts).then(finish, () => finish([]));
      },
    };
  }
}
