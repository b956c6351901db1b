import type { Turns } from "../../base/turns.ts";
import type { ChatEvent } from "../models/chat-model.ts";

/** Characters that may wait for a reader. Only an answer that never ends has so many. */
const MAX_WAITING_CHARS = 100_000;

/**
 * Reads the answer of a call as fast as it comes, whatever its reader does meanwhile, so that the
 * place at the endpoint is free at the moment in which the answer is complete. The pieces that
 * came since the reader's last turn are handed on as one.
 *
 * The call begins with the constructor; it is over soon after `ending` is aborted, which a reader
 * that leaves early does itself.
 */
export class ReadAhead<Outcome> implements AsyncIterable<ChatEvent, Outcome> {
  readonly #turns: Turns;
  readonly #ending = new AbortController();
  readonly #over: Promise<Outcome>;
  #isOver = false;
  #waiting: ChatEvent[] = [];
  #waitingChars = 0;
  #arrival = Promise.withResolvers<void>();
  #room = Promise.withResolvers<void>();

  /** @param open begins the call; its signal is aborted when nobody reads on. */
  constructor(
    open: (signal: AbortSignal) => AsyncGenerator<ChatEvent, Outcome>,
    signal: AbortSignal,
    turns: Turns,
  ) {
    this.#turns = turns;
    this.#over = this.#fill(open(AbortSignal.any([signal, this.#ending.signal])));
    // Who reads to the end hears of a failure there.
    this.#over.catch(() => undefined);
  }

  /** @throws what the call throws, after all that it had said before. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent, Outcome, void> {
    try {
      while (!this.#isOver || this.#waiting.length > 0) {
        await this.#arrival.promise;
        if (this.#waiting.length > 0) await this.#turns.next();
        yield* this.#take();
      }
      return await this.#over;
    } finally {
      this.#ending.abort(new Error("nobody reads the answer"));
      this.#room.resolve();
    }
  }

  async #fill(events: AsyncGenerator<ChatEvent, Outcome>): Promise<Outcome> {
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) return next.value;
        this.#put(next.value);
        if (this.#waitingChars > MAX_WAITING_CHARS) await this.#room.promise;
      }
    } finally {
      this.#isOver = true;
      this.#arrival.resolve();
    }
  }

  /** Text that follows text is one piece, and thinking aloud is told once. */
  #put(event: ChatEvent): void {
    const last = this.#waiting.at(-1);
    if (event.type === "text") this.#waitingChars += event.text.length;
    if (event.type === "text" && last?.type === "text") {
      this.#waiting[this.#waiting.length - 1] = { type: "text", text: last.text + event.text };
    } else if (event.type !== "reasoning" || last?.type !== "reasoning") {
      this.#waiting.push(event);
    }
    this.#arrival.resolve();
  }

  #take(): readonly ChatEvent[] {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#waitingChars = 0;
    if (!this.#isOver) this.#arrival = Promise.withResolvers();
    this.#room.resolve();
    this.#room = Promise.withResolvers();
    return taken;
  }
}
