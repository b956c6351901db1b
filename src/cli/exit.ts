import { FbtrError, type ErrorCode, type VERDICTS } from "../base/errors.ts";

/** Exit statuses that do not follow from the table of errors. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** The book is written, but some of its segments are not translated. */
  incomplete: 3,
  bug: 70,
  /** 128 + SIGINT */
  interrupted: 130,
  /** 128 + SIGTERM */
  terminated: 143,
} as const;

type ExitStatus = (typeof EXIT)[keyof typeof EXIT] | (typeof VERDICTS)[ErrorCode]["exit"];

/** Every exit status: one that is missing here does not compile. */
const MEANINGS: Readonly<Record<ExitStatus, string>> = {
  0: "done",
  1: "failed for another reason",
  2: "wrong usage",
  3: "the book is written, but some segments are not translated",
  10: "the configuration is invalid",
  11: "the book cannot be read",
  12: "the output exists already (see --force)",
  13: "the output cannot be written",
  14: "the engine is unknown, does not know the languages, or failed",
  15: "there is no such job",
  16: "another process works on the job",
  17: "the job store cannot be read or written",
  18: "the budget is spent (see --max-cost); the job can be gone on with",
  19: "the daemon runs already, or does not run",
  20: "no worker can be used",
  21: "the daemon refuses the caller, or does not know the token",
  22: "the daemon has had too many requests",
  23: "a machine cannot be reached over SSH, or cannot be trusted",
  24: "a worker cannot be used",
  70: "a bug in fbtr",
  130: "interrupted with Ctrl-C; what was done is saved",
  143: "ended by SIGTERM; what was done is saved",
};

/** All exit statuses in ascending order, with what each means. */
export const EXIT_STATUSES: readonly { readonly status: number; readonly meaning: string }[] =
  Object.entries(MEANINGS).map(([status, meaning]) => ({ status: Number(status), meaning }));

/** Printed at the end of each help page. */
export const EXIT_STATUS_HELP = `
Exit status:
${EXIT_STATUSES.map(({ status, meaning }) => `  ${String(status).padEnd(5)}${meaning}`).join("\n")}`;

/** What a user is told about an error. */
export interface ErrorAccount {
  /** Exit status of the process. */
  readonly status: number;
  /** For people: the message, then what to do. Ends with a line break. */
  readonly text: string;
  /** The same as one line of JSON. Ends with a line break. */
  readonly json: string;
}

/** Whatever is not an `FbtrError` is a bug: its stack is shown. */
export function accountOf(error: unknown): ErrorAccount {
  const { code, message, hint, status } = factsOf(error);
  const line = { type: "error", code, error: message, hint, exit_status: status };
  return {
    status,
    text: `fbtr: ${message}\n${hint === undefined ? "" : `${hint}\n`}`,
    json: `${JSON.stringify(line)}\n`,
  };
}

function factsOf(error: unknown) {
  if (error instanceof FbtrError) {
    const { code, message, hint, verdict } = error;
    return { code, message, hint, status: verdict.exit };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: "BUG", message: "this is a bug in fbtr", hint: stack, status: EXIT.bug };
}
