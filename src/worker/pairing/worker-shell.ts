import { FbtrError } from "../../base/errors.ts";
import { oneLine } from "../../base/one-line.ts";
import type { SshTarget } from "../ssh/ssh-client.ts";
import type { SshPool } from "../ssh/ssh-pool.ts";
import type { ServedCommand } from "./authorized-keys.ts";
import { unframed } from "./frame.ts";

/**
 * Finds fbtr and runs it with what follows: on the PATH, and where `workers provision` and npm put
 * it. It is given to `sh`, since a login shell may be any; the end of the line says what is wanted,
 * as a key that is limited to fbtr is asked for no more (see `servedCommand`).
 */
const FIND = [
  'for f in "$FBTR_COMMAND" fbtr "$HOME/.local/bin/fbtr" "$HOME/.local/share/fbtr/current/bin/fbtr"',
  'do p=$(command -v "$f" 2>/dev/null) && [ -n "$p" ] && exec "$p" "$@"',
  "done",
  "exit 127",
].join("; ");

const NOT_FOUND = 127;

/** The commands of fbtr on a machine that one can log in to. */
export class WorkerShell {
  readonly #ssh: SshPool;
  readonly #target: SshTarget;
  readonly #command: string | undefined;

  /** @param command how fbtr is called there, if it is not found by itself. */
  constructor(ssh: SshPool, target: SshTarget, command: string | undefined) {
    this.#ssh = ssh;
    this.#target = target;
    this.#command = command;
  }

  /** Where the machine is, as SSH reaches it. */
  get host(): string {
    return this.#target.host;
  }

  /**
   * What fbtr answers there.
   *
   * @param input goes to the command, never onto its command line.
   * @throws FbtrError SSH_*; WORKER_UNFIT if fbtr is not there, or is none that answers.
   */
  async ask(wish: ServedCommand, input: unknown, signal?: AbortSignal): Promise<unknown> {
    const { stdout, stderr, exitCode } = await this.#ssh.use(
      this.#target,
      (connection) =>
        connection.exec(this.#line(wish), {
          stdin: `${JSON.stringify(input)}\n`,
          ...(signal && { signal }),
        }),
      signal,
    );
    const answer = unframed(stdout.toString("utf8"));
    if (answer !== undefined) return answer;
    if (exitCode === NOT_FOUND) throw this.#absent();
    const said = oneLine(stderr.toString("utf8")).slice(0, 200) || `exit status ${exitCode ?? "?"}`;
    throw new FbtrError("WORKER_UNFIT", `fbtr on ${this.host} does not answer: ${said}`, {
      hint: "It may be too old, or need another Node: `fbtr workers provision` installs this version.",
    });
  }

  #line(wish: ServedCommand): string {
    const own = this.#command === undefined ? "" : `FBTR_COMMAND=${quoted(this.#command)} `;
    return `${own}sh -c ${quoted(FIND)} fbtr worker ${wish}`;
  }

  #absent(): FbtrError {
    return new FbtrError("WORKER_UNFIT", `there is no fbtr on ${this.host}`, {
      hint: "Install it there with `fbtr workers provision`, or say where it is (distributed.workers.<id>.command).",
    });
  }
}

/** One word of a POSIX shell (XCU 2.2.2), which csh and fish read as the same. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
