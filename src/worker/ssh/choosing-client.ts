import { FbtrError } from "../../base/errors.ts";
import type { OpenSshClientOptions } from "./openssh-client.ts";
import type { SshClient, SshConnection, SshTarget } from "./ssh-client.ts";
import { nameOf } from "./ssh-errors.ts";

/**
 * Connects by ssh2, or by the system's ssh: as the target says, else by what it needs. What ssh2
 * turned out not to support for a target goes to the system's ssh from then on.
 */
class ChoosingClient implements SshClient {
  readonly #ssh2: () => Promise<SshClient>;
  readonly #openSsh: () => Promise<SshClient>;
  readonly #beyondSsh2 = new Set<string>();

  /** @param ssh2 called at the first connection that needs it, as `openSsh` is. */
  constructor(ssh2: () => Promise<SshClient>, openSsh: () => Promise<SshClient>) {
    this.#ssh2 = once(ssh2);
    this.#openSsh = once(openSsh);
  }

  async connect(target: SshTarget, signal?: AbortSignal): Promise<SshConnection> {
    const { client = "auto" } = target;
    if (client === "ssh2") return (await this.#ssh2()).connect(target, signal);
    if (client === "openssh" || needsOpenSsh(target) || this.#beyondSsh2.has(nameOf(target)))
      return (await this.#openSsh()).connect(target, signal);
    const bySsh2 = await this.#ssh2();
    try {
      return await bySsh2.connect(target, signal);
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
    this.#beyondSsh2.add(nameOf(target));
    return (await this.#openSsh()).connect(target, signal);
  }
}

/** Loads an implementation only when it is needed. */
export function createSshClient(options: OpenSshClientOptions): SshClient {
  return new ChoosingClient(
    async () => new (await import("./ssh2-client.ts")).Ssh2Client(options),
    async () => new (await import("./openssh-client.ts")).OpenSshClient(options),
  );
}

/** A bastion is reached by the same implementation as what lies behind it. */
function needsOpenSsh({ needsOpenSsh: reason, jump }: SshTarget): boolean {
  return reason !== undefined || (jump !== undefined && needsOpenSsh(jump));
}

function isUnsupported(error: unknown): boolean {
  return error instanceof FbtrError && error.code === "SSH_UNSUPPORTED";
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => (made ??= make());
}
