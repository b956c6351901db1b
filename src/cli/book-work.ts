import type { QaReport } from "../job/snapshot.ts";
import type { PlannedBook } from "./output-plan.ts";

/** How books are translated: in this process, or by a daemon. */
export interface BookWork extends AsyncDisposable {
  /**
   * Translates a book into the files of its plan.
   *
   * @param path of the book, which can be read more than once.
   * @throws FbtrError why it is not translated; Detached.
   */
  translate(book: PlannedBook, path: string): Promise<QaReport>;
}

/** The user goes away; the daemon goes on. */
export class Detached extends Error {
  /** @param job id of the book in the daemon. */
  constructor(job: string) {
    super(
      `The daemon goes on. See how far it is with\nfbtr jobs watch ${job}\n` +
        `or end it with\nfbtr jobs cancel ${job}\n`,
    );
  }
}
