import { FbtrError } from "../base/errors.ts";

/** Exit statuses that are not in the table of errors. */
export const EXIT = { done: 0, usage: 2, bug: 70 } as const;

/** Printed at the end of each help page. */
export const EXIT_STATUS_HELP = `
Exit status:
  0   done
  2   wrong usage
  11  the book cannot be read
  12  the output exists already (see --force)
  13  the output cannot be written
  70  a bug in fbtr`;

/** What goes to standard error for `error`, and the exit status of the process. */
export function explain(error: unknown): { readonly message: string; readonly status: number } {
  if (error instanceof FbtrError) {
    const hint = error.hint === undefined ? "" : `\n${error.hint}`;
    return { message: `fbtr: ${error.message}${hint}\n`, status: error.verdict.exit };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `fbtr: this is a bug in fbtr\n${detail}\n`, status: EXIT.bug };
}
