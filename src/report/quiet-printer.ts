/** Tells nothing of a run but its errors. */
export class QuietPrinter {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(): void {}

  tell(_text: string): void {}

  fail({ text }: { readonly text: string }): void {
    this.#write(text);
  }

  drain(_text: string): void {}

  close(): Promise<void> {
    return Promise.resolve();
  }
}
