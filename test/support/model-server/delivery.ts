import { once } from "node:events";
import type { ServerResponse } from "node:http";

import { sleep } from "../../../src/base/abort.ts";
import type { Fault } from "./fault.ts";
import type { EventWriter } from "./event-writer.ts";
import type { AnswerFinish, Bill } from "./wire-protocol.ts";

export interface CompleteAnswer {
  readonly text: string;
  readonly reasoning?: string;
  readonly finish: AnswerFinish;
  readonly bill: Bill;
}

export interface Pace {
  readonly pieceChars: number;
  readonly firstPieceMs: number;
  readonly pieceMs: number;
}

const MANY_CHARS = 10_000_000;
const BABBLE_CHARS = 4000;
const SYLLABLES = ["ба", "ве", "ги", "до", "жу", "за", "ке", "ли", "мо", "ну"];

/** Nonsense that does not run in circles: the numbers from `from` on, spelled by syllables. */
function babbleFrom(from: number): string {
  let text = "";
  for (let number = from; text.length < BABBLE_CHARS; number += 1) {
    const word = Array.from(String(number * 7919), (digit) => SYLLABLES[Number(digit)]).join("");
    text += `${word} `;
  }
  return text;
}

/**
 * Streams one answer in the way that `fault` wants it to go wrong. Ends when the client leaves.
 *
 * @returns whether the client stayed.
 */
export async function deliver(
  answer: CompleteAnswer,
  writer: EventWriter,
  pace: Pace,
  fault: Fault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.kind === "reset") {
    response.destroy();
    return true;
  }
  const left = new AbortController();
  response.once("close", () => left.abort());
  if (response.destroyed) left.abort();
  try {
    if (fault?.kind === "silence") await untilAbort(left.signal);
    await sleep(pace.firstPieceMs, left.signal);
    const bytesPerSecond = fault?.kind === "trickle" ? fault.bytesPerSecond : undefined;
    await new Delivery(writer, pace, response, left.signal, bytesPerSecond).run(answer, fault);
    return true;
  } catch (error) {
    if (!left.signal.aborted) throw error;
    return false;
  }
}

class Delivery {
  readonly #writer: EventWriter;
  readonly #pace: Pace;
  readonly #response: ServerResponse;
  readonly #left: AbortSignal;
  readonly #bytesPerSecond: number | undefined;

  constructor(
    writer: EventWriter,
    pace: Pace,
    response: ServerResponse,
    left: AbortSignal,
    bytesPerSecond: number | undefined,
  ) {
    this.#writer = writer;
    this.#pace = pace;
    this.#response = response;
    this.#left = left;
    this.#bytesPerSecond = bytesPerSecond;
  }

  async run({ text, reasoning, finish, bill }: CompleteAnswer, fault: Fault | undefined) {
    this.#response.flushHeaders();
    await this.#write(this.#writer.begin());
    for (const piece of piecesOf(reasoning ?? "", this.#pace.pieceChars)) {
      await this.#write(this.#writer.thought(piece));
    }
    if (fault?.kind === "babble") await this.#babble(fault.chars ?? MANY_CHARS);
    else await this.#say(fault && "afterChars" in fault ? text.slice(0, fault.afterChars) : text);
    if (fault?.kind === "cut") {
      this.#response.destroy();
      return;
    }
    if (fault?.kind === "stall") await untilAbort(this.#left);
    if (fault?.kind === "failure") {
      await this.#write(this.#writer.failure(fault.message ?? "something went wrong"));
    } else if (fault?.kind !== "early-end") {
      await this.#write(this.#writer.end(finish, bill));
    }
    await this.#finish();
  }

  async #say(text: string): Promise<void> {
    for (const piece of piecesOf(text, this.#pace.pieceChars)) {
      await this.#write(this.#writer.text(piece));
      if (this.#pace.pieceMs > 0) await sleep(this.#pace.pieceMs, this.#left);
    }
  }

  async #babble(chars: number): Promise<void> {
    for (let said = 0; said < chars; said += BABBLE_CHARS) {
      await this.#write(this.#writer.text(babbleFrom(said)));
    }
  }

  async #write(text: string): Promise<void> {
    if (text === "") return;
    if (this.#bytesPerSecond === undefined) {
      await this.#send(Buffer.from(text));
      return;
    }
    for (const byte of Buffer.from(text)) {
      await this.#send(Uint8Array.of(byte));
      await sleep(1000 / this.#bytesPerSecond, this.#left);
    }
  }

  async #send(bytes: Uint8Array): Promise<void> {
    this.#left.throwIfAborted();
    if (!this.#response.write(bytes)) await once(this.#response, "drain", { signal: this.#left });
  }

  async #finish(): Promise<void> {
    const finished = once(this.#response, "finish", { signal: this.#left });
    this.#response.end();
    await finished;
  }
}

/** Never cuts a character in two: the wire carries UTF-8, as every provider does. */
function piecesOf(text: string, chars: number): string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / chars) }, (_, at) =>
    characters.slice(at * chars, (at + 1) * chars).join(""),
  );
}

async function untilAbort(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
