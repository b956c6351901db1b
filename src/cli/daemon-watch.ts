import { FbtrError } from "../base/errors.ts";
import { reportPage } from "../report/report-page.ts";
import type { Surroundings } from "./compose.ts";
import { daemonClient, findBook, reportOf } from "./daemon-work.ts";
import { Detached } from "./book-work.ts";
import { EXIT, accountOf } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import { createPrinter } from "./run-printer.ts";
import type { Terminal } from "./terminal.ts";

const LIST_LIMITS = { maxFlagged: 10, maxFindings: 2, maxWords: 10, maxDoubtful: 3 };

/**
 * Shows how a book of a daemon gets on.
 *
 * @returns the exit status: that of the book, or of the signal that ended the watching.
 * @throws FbtrError DAEMON_ABSENT, JOB_UNKNOWN.
 */
export async function watchBook(
  id: string,
  { daemon, json }: { readonly daemon: string; readonly json?: true | undefined },
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<number> {
  await using client = await daemonClient(daemon, surroundings);
  const job = await findBook(client, id);
  const { environment, signals, clock } = surroundings;
  const printer = await createPrinter({ json }, terminal, environment, [job.name]);
  using interruption = new Interruption(signals, clock, () => undefined);
  let status: number = EXIT.done;
  try {
    const { drain } = interruption;
    const report = await reportOf(client, job, drain, (event) => printer.print(event));
    const resume = `fbtr jobs resume ${job.id}`;
    printer.tell(reportPage(report, { resume, ...LIST_LIMITS }));
    if (report.snapshot.state === "incomplete") status = EXIT.incomplete;
  } catch (error) {
    if (error instanceof Detached) {
      printer.tell(error.message);
      status = interruption.status;
    } else if (error instanceof FbtrError) {
      const account = accountOf(error);
      printer.fail(account);
      ({ status } = account);
    } else {
      throw error;
    }
  }
  await printer.close();
  return status;
}
