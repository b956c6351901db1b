import type { FbtrEvent } from "../base/events.ts";

/** Tells a run to programs: each event as one line of JSON. */
export class JsonPrinter {
  readonly #writeOut: (line: string) => Promise<void>;
  readonly #writeError: (text: string) => void;
  readonly #writes = new Set<Promise<void>>();
  #failure: unknown;

  /**
   * @param writeOut takes lines for standard output.
   * @param writeError takes the accounts of errors.
   */
  constructor(writeOut: (line: string) => Promise<void>, writeError: (text: string) => void) {
    this.#writeOut = writeOut;
    this.#writeError = writeError;
  }

  print(event: FbtrEvent): void {
    if (this.#failure !== undefined) return;
    const write = this.#writeOut(`${JSON.stringify(event)}\n`)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  /** Events say the same to programs. */
  tell(_text: string): void {}

  drain(_text: string): void {}

  fail({ json }: { readonly json: string }): void {
    this.#writeError(json);
  }

  /**
   * Waits until everything is written. The book comes before its news: it is finished even if the
   * lines go nowhere, and only here that is told.
   *
   * @throws the first error of writing.
   */
  async close(): Promise<void> {
    await Promise.all(this.#writes);
    if (this.#failure !== undefined) throw this.#failure;
  }
}
