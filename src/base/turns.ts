import { yieldToEventLoop } from "./abort.ts";

/**
 * Lets those who wait go on one at a time, each in its own turn of the event loop: what the network
 * brings between them is taken first.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  next(): Promise<void> {
    this.#last = this.#last.then(yieldToEventLoop);
    return this.#last;
  }
}
