import { Listr, ListrLogger, ProcessOutput, type ListrTask } from "listr2";

import type { FbtrEvent } from "../base/events.ts";
import { EMPTY_VIEW, viewAfter } from "../ui/view-model.ts";

/** Lines beside the list: what is told of the book that is translated now, and the prompt. */
const LINES_BESIDE = 4;

/** Whether so many books can be listed on a terminal of that height; more would scroll away. */
export function fitsList(books: number, rows: number | undefined): boolean {
  return books > 1 && books + LINES_BESIDE <= (rows ?? 0);
}

type Row = Parameters<ListrTask["task"]>[1];

/** Ends the row of a book. */
type Ending = (row: Row) => void;

/** Shown in the place of an error's stack. */
class BookFailed extends Error {}

/**
 * Tells a run of several books on a terminal: the list of all of them, with what is done, what is
 * translated now and what waits. It owns the terminal from its making until `close`; the live
 * screen, which tells more of a single book, is not there then.
 */
export class BookList {
  readonly #stream: NodeJS.WriteStream;
  readonly #endings: readonly PromiseWithResolvers<Ending>[];
  readonly #run: Promise<unknown>;
  #rows: Row[] = [];
  #view = EMPTY_VIEW;
  #ended = 0;
  #afterwards = "";

  /** @param stream a terminal; standard error, so that standard output stays data. */
  constructor(stream: NodeJS.WriteStream, books: readonly string[]) {
    this.#stream = stream;
    this.#endings = books.map(() => Promise.withResolvers<Ending>());
    const processOutput = new ProcessOutput(stream, stream, { leaveEmptyLine: false });
    const tasks = books.map((title, place): ListrTask => {
      return { title, task: (_, row) => this.#play(row, place) };
    });
    this.#run = new Listr(tasks, {
      renderer: "default",
      exitOnError: false,
      // The program itself listens for signals.
      registerSignalListeners: false,
      forceTTY: true,
      rendererOptions: {
        formatOutput: "truncate",
        collapseErrors: false,
        logger: new ListrLogger({ processOutput, useIcons: true, toStderr: [] }),
      },
    }).run();
  }

  print(event: FbtrEvent): void {
    this.#view = viewAfter(this.#view, event);
    this.#describe();
    const last = this.#view.finished.at(-1);
    if (this.#view.finished.length === this.#ended || last === undefined) return;
    // The list has marks of its own.
    const line = last.line.slice(2);
    this.#end((row) => {
      if (last.end === "failed") throw new BookFailed(line);
      const told = `${row.title}  ${line}`;
      if (last.end === "interrupted") row.skip(told);
      else row.title = told;
    });
  }

  /** Keeps text for people until the list is left: there it is not wrapped, and can be copied. */
  tell(text: string): void {
    this.#afterwards += text;
  }

  /** The same for the account of an error; a line of it is in the list already, by its event. */
  fail({ text }: { readonly text: string }): void {
    this.#afterwards += text;
  }

  /** Says that the run ends early, and what Ctrl-C does from now on. */
  drain(text: string): void {
    this.#view = { ...this.#view, hint: text };
    this.#describe();
  }

  /** Draws the list for the last time, leaves the terminal to others, and writes what was kept. */
  async close(): Promise<void> {
    while (this.#ended < this.#endings.length) {
      this.#end((row) => row.skip(`${row.title}  not begun`));
    }
    await this.#run;
    this.#stream.write(this.#afterwards);
    this.#afterwards = "";
  }

  async #play(row: Row, place: number): Promise<void> {
    this.#rows[place] = row;
    this.#describe();
    const end = await this.#endings[place]?.promise;
    end?.(row);
  }

  #end(ending: Ending): void {
    this.#endings[this.#ended]?.resolve(ending);
    this.#ended += 1;
  }

  /** Says below its row how far the book is. */
  #describe(): void {
    const row = this.#rows[this.#ended];
    const { book, hint } = this.#view;
    if (row === undefined || book === undefined) return;
    const progress = [`${book.percent} of ${book.title}`, book.segments, ...book.pace].join(", ");
    row.output = `${progress}\n${hint}`;
  }
}
