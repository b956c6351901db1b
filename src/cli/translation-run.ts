import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { FbtrError } from "../base/errors.ts";
import type { BilingualOrder } from "../book/bilingual.ts";
import { spoolBook, type SpooledBook } from "../book/spool.ts";
import type { Config } from "../config/fields/all.ts";
import type { Money } from "../engine/model-engine.ts";
import type { JobLimits } from "../job/job-limits.ts";
import type { JobServices, TranslateRequest } from "../job/pipeline.ts";
import type { QaReport } from "../job/snapshot.ts";
import { overviewPage, type BookOutcome } from "../report/overview-page.ts";
import { reportPage } from "../report/report-page.ts";
import type { OpenFleet } from "../worker/fleet/open-fleet.ts";
import type { NamedBook } from "./book-folders.ts";
import { Detached, type BookWork } from "./book-work.ts";
import { jobServicesOf, type Surroundings } from "./compose.ts";
import { EXIT, accountOf } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import { localWork } from "./local-work.ts";
import { planOutputs, type PlannedBook } from "./output-plan.ts";
import { createPrinter, type PrinterWishes, type RunPrinter } from "./run-printer.ts";
import { ReaderGone, type Terminal } from "./terminal.ts";

/** What `fbtr translate` was asked for. */
export interface RunRequest extends PrinterWishes {
  readonly books: readonly NamedBook[];
  readonly output?: string | undefined;
  readonly engine?: string | undefined;
  readonly fallbacks: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly script: TranslateRequest["script"];
  readonly limits: JobLimits;
  readonly providers: JobServices["providers"];
  readonly distributed: Config["distributed"];
  readonly money: Money;
  readonly bilingual?: BilingualOrder | undefined;
  readonly force: boolean;
  readonly fresh: boolean;
  readonly redo: TranslateRequest["redo"] | undefined;
  readonly only: TranslateRequest["only"] | undefined;
  /** URL of the daemon that is to do the work; `local`: the one of this user. */
  readonly daemon?: string | undefined;
  /** The command line that goes on with these books. */
  readonly resume: (books: readonly string[]) => string;
}

/** What the books of one run share. */
interface Run {
  readonly request: RunRequest;
  readonly terminal: Terminal;
  readonly services: JobServices;
  readonly work: BookWork;
  readonly printer: RunPrinter;
  readonly interruption: Interruption;
  readonly temporaryFolder: string;
}

const LIST_LIMITS = { maxFlagged: 10, maxFindings: 2, maxWords: 10, maxDoubtful: 3 };
const MAX_NAMED = 10;
const DRAINING = "Finishing what is begun, and saving it. Ctrl-C again stops at once.";
const LEAVING = "Leaving the book to the daemon.";

/**
 * Translates books one after the other; one that fails does not stop the others.
 *
 * @returns the exit status: that of the signal which ended the run early, or the highest of the
 *   books'. Errors have been told, and several books are summed up at the end.
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
    const names = books.map(({ input }) => (input === "-" ? "standard input" : input));
    const printer = await createPrinter(request, terminal, surroundings.environment, names);
    const { signals, clock } = surroundings;
    using interruption = new Interruption(signals, clock, () =>
      printer.drain(request.daemon === undefined ? DRAINING : LEAVING),
    );
    const services = await jobServicesOf(surroundings, request, interruption, version);
    services.events.subscribe((event) => printer.print(event));
    await using workers = await workersOf(request, services, surroundings, version);
    const all = { ...services, remote: workers?.engines };
    await using work = await workOf(request, all, surroundings, printer);
    const run = { request, terminal, services, work, printer, interruption, temporaryFolder };
    const { status, outcomes } = await translateEach(run, books);
    if (outcomes.length > 1) printer.tell(`\n${overviewPage(outcomes)}`);
    tellCost(run);
    return Math.max(status, await closePrinter(printer));
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

/** The workers that take part; undefined where this machine does all of it, or a daemon. */
async function workersOf(
  { daemon, distributed }: RunRequest,
  { events }: JobServices,
  surroundings: Surroundings,
  version: string,
): Promise<OpenFleet | undefined> {
  if (daemon !== undefined || !distributed.enabled) return undefined;
  const { openWorkers } = await import("./open-workers.ts");
  return openWorkers(distributed, events, surroundings, version);
}

async function workOf(
  request: RunRequest,
  services: JobServices,
  surroundings: Surroundings,
  printer: RunPrinter,
): Promise<BookWork> {
  if (request.daemon === undefined) return localWork(request, services);
  const { daemonClient, daemonWork } = await import("./daemon-work.ts");
  const client = await daemonClient(request.daemon, surroundings);
  return daemonWork(client, request, services, (event) => printer.print(event));
}

/** What the run has cost, where anything did. */
function tellCost({ printer, request }: Run): void {
  const { spent } = request.money.budget;
  if (spent > 0) printer.tell(`Cost        $${spent.toFixed(spent < 1 ? 4 : 2)}\n`);
}

interface RunEnd {
  readonly status: number;
  readonly outcomes: readonly BookOutcome[];
}

async function translateEach(run: Run, books: readonly PlannedBook[]): Promise<RunEnd> {
  let worst: number = EXIT.done;
  const outcomes: BookOutcome[] = [];
  for (const [number, book] of books.entries()) {
    const left = books.slice(number);
    const resume = run.request.resume(argumentsFor(left));
    if (number > 0) run.printer.tell("\n");
    if (run.interruption.drain.aborted) {
      run.printer.tell(`${book.input} is not begun. Go on with\n${resume}\n`);
      return { status: run.interruption.status, outcomes: [...outcomes, ...notBegun(left)] };
    }
    const { status, isOver, ...outcome } = await translateNext(run, book, resume);
    outcomes.push({ book: book.input, ...outcome });
    if (isOver) return { status, outcomes: [...outcomes, ...notBegun(left.slice(1))] };
    worst = Math.max(worst, status);
  }
  return { status: worst, outcomes };
}

/**
 * How the books are named to go on with them: by themselves, so that finished ones of their folder
 * are not in the way, unless they are many or their folders matter for where they are written.
 */
function argumentsFor(books: readonly PlannedBook[]): string[] {
  const movesBy = ({ makesFolder, below }: PlannedBook) => makesFolder && below !== "";
  const areFew = books.length <= MAX_NAMED && !books.some(movesBy);
  return [...new Set(books.map(({ input, argument }) => (areFew ? input : argument)))];
}

function notBegun(books: readonly PlannedBook[]): BookOutcome[] {
  return books.map(({ input }) => ({ book: input, state: "not begun", note: "" }));
}

interface BookEnd extends Omit<BookOutcome, "book"> {
  readonly status: number;
  /** No other book is to be begun. */
  readonly isOver: boolean;
}

/** Translates one book and tells how it went. */
async function translateNext(run: Run, book: PlannedBook, resume: string): Promise<BookEnd> {
  const { printer, interruption } = run;
  try {
    const report = await translateOne(run, book);
    printer.tell(reportPage(report, { resume, ...LIST_LIMITS }));
    return endOf(report, interruption);
  } catch (error) {
    if (error instanceof Detached) {
      printer.tell(error.message);
      return { status: interruption.status, isOver: true, state: "interrupted", note: "" };
    }
    if (interruption.stop.aborted) {
      printer.tell(`Stopped. Go on with\n${resume}\n`);
      return { status: interruption.status, isOver: true, state: "interrupted", note: "" };
    }
    const account = accountOf(error);
    printer.fail(account);
    const note = error instanceof Error ? error.message : String(error);
    return { status: account.status, isOver: false, state: "failed", note };
  }
}

function endOf({ snapshot: { state, outputs, segments } }: QaReport, end: Interruption): BookEnd {
  const note = outputs.join(", ");
  if (state === "incomplete") {
    const flagged = `${segments.flagged} flagged, ${note}`;
    return { status: EXIT.incomplete, isOver: false, state, note: flagged };
  }
  if (state === "done") return { status: EXIT.done, isOver: false, state, note };
  return { status: end.status, isOver: true, state: "interrupted", note: "" };
}

async function translateOne(run: Run, book: PlannedBook): Promise<QaReport> {
  const { input, outputs, destination } = book;
  await prepare(run, book);
  await using spooled = input === "-" ? await spoolInput(run) : undefined;
  const report = await run.work.translate(book, spooled?.path ?? input);
  const isWritten = report.snapshot.state !== "interrupted";
  if (destination === "stdout" && isWritten) await copyToStdout(outputs, run.terminal);
  return report;
}

/** @throws FbtrError that keeps the book from being begun; it has been told as an event. */
async function prepare({ services }: Run, book: PlannedBook): Promise<void> {
  const { failure, makesFolder, outputs } = book;
  await tellingFailure(services, async () => {
    if (failure) throw failure;
    for (const { path } of makesFolder ? outputs : []) {
      await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
        throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot make the folder ${dirname(path)}`, {
          hint: "Name another output.",
          cause,
        });
      });
    }
  });
}

function spoolInput({ terminal, services, temporaryFolder }: Run): Promise<SpooledBook> {
  const { stop } = services;
  return tellingFailure(services, () =>
    spoolBook(terminal.stdin, temporaryFolder, { signal: stop }),
  );
}

/** The job has no news of its own before it has a book to read. */
async function tellingFailure<T>({ events }: JobServices, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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
