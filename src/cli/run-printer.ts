import type { FbtrEvent } from "../base/events.ts";
import type { Terminal } from "./terminal.ts";

/** Tells a run to whoever looks on. All printers are fed by the same events. */
export interface RunPrinter {
  print(event: FbtrEvent): void;
  /** Says something to people, such as the report. */
  tell(text: string): void;
  /** Says that a signal ends the run early. */
  drain(text: string): void;
  /** Gives the account of an error, in whatever form this printer's readers expect. */
  fail(account: { readonly text: string; readonly json: string }): void;
  /** Everything has been written when it resolves. @throws the first error of writing. */
  close(): Promise<void>;
}

export interface PrinterWishes {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * The printer for the wishes and the terminal: JSON lines on standard output; nothing but errors;
 * where standard error can be drawn on the list of several books, or the live screen; else plain
 * lines on standard error.
 *
 * @param books names of the books of the run.
 */
export async function createPrinter(
  { json, quiet }: PrinterWishes,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
  books: readonly string[],
): Promise<RunPrinter> {
  const writeError = (text: string) => terminal.writeError(text);
  if (json) {
    const { JsonPrinter } = await import("../report/json-printer.ts");
    return new JsonPrinter((line) => terminal.writeOut(line), writeError);
  }
  if (quiet) {
    const { QuietPrinter } = await import("../report/quiet-printer.ts");
    return new QuietPrinter(writeError);
  }
  if (terminal.screen && books.length > 1) {
    const { BookList, fitsList } = await import("./book-list.ts");
    if (fitsList(books.length, terminal.screen.rows)) return new BookList(terminal.screen, books);
  }
  if (terminal.screen) {
    const { LiveScreen } = await import("../ui/live-screen.tsx");
    return new LiveScreen(terminal.screen, { hasColor: !environment["NO_COLOR"] });
  }
  const { PlainPrinter } = await import("../report/plain-printer.ts");
  return new PlainPrinter(writeError);
}
