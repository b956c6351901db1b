import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent } from "../models/chat-model.ts";

/** Tells that a text runs in circles; fed with every piece. */
export interface LoopWatch {
  push(piece: string): boolean;
}

/**
 * Hands on the events of an answer and gives it up when it goes wrong. The call ends with it.
 *
 * @param maxChars characters of text; more is babble.
 * @throws FbtrError ENGINE_FAILED for babble and loops; what the call throws.
 */
export async function* watchedAnswer(
  events: AsyncIterable<ChatEvent>,
  maxChars: number,
  loops: LoopWatch,
): AsyncGenerator<ChatEvent> {
  let chars = 0;
  for await (const event of events) {
    if (event.type === "text") {
      // First, since it says more: a loop is babble too once it is long.
      if (loops.push(event.text)) throw new FbtrError("ENGINE_FAILED", "the model repeats itself");
      chars += event.text.length;
      if (chars > maxChars) {
        throw new FbtrError("ENGINE_FAILED", `the model did not stop after ${maxChars} characters`);
      }
    }
    yield event;
  }
}
