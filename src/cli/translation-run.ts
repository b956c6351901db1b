import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FbtrError } from "../base/errors.ts";
import type { BilingualOrder } from "../book/bilingual.ts";
import { spoolBook, type SpooledBook } from "../book/spool.ts";
import type { Money } from "../engine/model-engine.ts";
import type { JobLimits } from "../job/job-limits.ts";
import { translateBook, type JobServices, type TranslateRequest } from "../job/pipeline.ts";
import type { QaReport } from "../job/snapshot.ts";
import { reportPage } from "../report/report-page.ts";
import { jobServicesOf, type Surroundings } from "./compose.ts";
import { EXIT, accountOf } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import { planOutputs, type PlannedBook } from "./output-plan.ts";
import { createPrinter, type PrinterWishes, type RunPrinter } from "./run-printer.ts";
import { ReaderGone, type Terminal } from "./terminal.ts";

/** What `fbtr translate` was asked for. */
export interface RunRequest extends PrinterWishes {
  readonly books: readonly string[];
  readonly output?: string | undefined;
  readonly engine?: string | undefined;
  readonly fallbacks: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly script: TranslateRequest["script"];
  readonly limits: JobLimits;
  readonly providers: JobServices["providers"];
  readonly money: Money;
  readonly bilingual?: BilingualOrder | undefined;
  readonly force: boolean;
  readonly fresh: boolean;
  readonly redo: TranslateRequest["redo"] | undefined;
  readonly only: TranslateRequest["only"] | undefined;
  /** The command line that goes on with these books. */
  readonly resume: (books: readonly string[]) => string;
}

/** What the books of one run share. */
interface Run {
  readonly request: RunRequest;
  readonly terminal: Terminal;
  readonly services: JobServices;
  readonly printer: RunPrinter;
  readonly interruption: Interruption;
  readonly temporaryFolder: string;
}

const LIST_LIMITS = { maxFlagged: 10, maxWords: 10 };
const DRAINING = "Finishing what is begun, and saving it. Ctrl-C again stops at once.";

/**
 * Translates books one after the other; one that fails does not stop the others.
 *
 * @returns the exit status: that of the signal which ended the run early, or the highest of the
 *   books'. Errors have been told.
 * @throws FbtrError USAGE_INVALID where the wishes contradict each other.
 */
export async function translateBooks(
  request: RunRequest,
  terminal: Terminal,
  surroundings: Surroundings,
  version: string,
): Promise<number> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), "fbtr-"));
  try {
    const stdout = request.json ? "events" : terminal.showsOutput ? "person" : "book";
    const books = await planOutputs({ ...request, stdout, temporaryFolder });
    const printer = await createPrinter(request, terminal, surroundings.environment);
    const { signals, clock } = surroundings;
    using interruption = new Interruption(signals, clock, () => printer.drain(DRAINING));
    const services = await jobServicesOf(surroundings, request, interruption, version);
    services.events.subscribe((event) => printer.print(event));
    const run = { request, terminal, services, printer, interruption, temporaryFolder };
    const status = await translateEach(run, books);
    tellCost(run);
    return Math.max(status, await closePrinter(printer));
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

/** What the run has cost, where anything did. */
function tellCost({ printer, request }: Run): void {
  const { spent } = request.money.budget;
  if (spent > 0) printer.tell(`Cost        $${spent.toFixed(spent < 1 ? 4 : 2)}\n`);
}

async function translateEach(run: Run, books: readonly PlannedBook[]): Promise<number> {
  let worst: number = EXIT.done;
  for (const [number, book] of books.entries()) {
    const resume = run.request.resume(books.slice(number).map(({ input }) => input));
    if (number > 0) run.printer.tell("\n");
    if (run.interruption.drain.aborted) {
      run.printer.tell(`${book.input} is not begun. Go on with\n${resume}\n`);
      return run.interruption.status;
    }
    const { status, isOver } = await translateNext(run, book, resume);
    if (isOver) return status;
    worst = Math.max(worst, status);
  }
  return worst;
}

/** Translates one book and tells how it went; `isOver` if no other book is to be begun. */
async function translateNext(
  run: Run,
  book: PlannedBook,
  resume: string,
): Promise<{ readonly status: number; readonly isOver: boolean }> {
  const { printer, interruption } = run;
  try {
    const report = await translateOne(run, book);
    const outputs = book.destination === "stdout" ? { outputs: ["standard output"] } : {};
    printer.tell(reportPage(report, { resume, ...outputs, ...LIST_LIMITS }));
    const { state } = report.snapshot;
    if (state === "interrupted") return { status: interruption.status, isOver: true };
    return { status: state === "incomplete" ? EXIT.incomplete : EXIT.done, isOver: false };
  } catch (error) {
    if (interruption.stop.aborted) {
      printer.tell(`Stopped. Go on with\n${resume}\n`);
      return { status: interruption.status, isOver: true };
    }
    const account = accountOf(error);
    printer.fail(account);
    return { status: account.status, isOver: false };
  }
}

async function translateOne(run: Run, book: PlannedBook): Promise<QaReport> {
  const { engine, fallbacks, from, to, script, force, fresh, redo, only, bilingual } = run.request;
  const { input, outputs, destination } = book;
  await using spooled = input === "-" ? await spoolInput(run) : undefined;
  const report = await translateBook(
    {
      input: { path: spooled?.path ?? input, shownAs: input },
      outputs,
      ...(engine !== undefined && { engine }),
      fallbacks,
      from,
      to,
      script,
      force,
      fresh,
      ...(redo && { redo }),
      ...(only && { only }),
      ...(bilingual && { bilingual }),
    },
    run.services,
  );
  const isWritten = report.snapshot.state !== "interrupted";
  if (destination === "stdout" && isWritten) await copyToStdout(outputs, run.terminal);
  return report;
}

/** The job has no news of its own before it has a book to read. */
async function spoolInput({ terminal, services, temporaryFolder }: Run): Promise<SpooledBook> {
  const { events, stop } = services;
  try {
    return await spoolBook(terminal.stdin, temporaryFolder, { signal: stop });
  } catch (error) {
    if (error instanceof FbtrError) {
      const { message, code, hint } = error;
      const data = { error: message, code, ...(hint !== undefined && { hint }) };
      events.emit("translation_error", "system", message, data);
    }
    throw error;
  }
}

async function copyToStdout(
  outputs: readonly { readonly path: string }[],
  terminal: Terminal,
): Promise<void> {
  try {
    for (const { path } of outputs) {
      for await (const chunk of createReadStream(path)) await terminal.writeOut(chunk as Buffer);
    }
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}

/** Status of writing the last news. Readers who have gone away are no error. */
async function closePrinter(printer: RunPrinter): Promise<number> {
  try {
    await printer.close();
    return EXIT.done;
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.done;
    const account = accountOf(error);
    printer.fail(account);
    return account.status;
  }
}
