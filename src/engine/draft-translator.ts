import { yieldToEventLoop } from "../base/abort.ts";
import type { DraftEngine } from "../draft/engine.ts";
import type { Batch } from "../plan/batch.ts";
import type { Translator } from "./translator.ts";

/** How long the thread may be kept from the screen and the keyboard, milliseconds. */
const MAX_BLOCKING_MS = 20;

/** The embedded engine as a translator. */
export function draftTranslator(engine: DraftEngine): Translator {
  return {
    name: "draft",
    version: engine.version,
    priority: 0,
    capacity: 1,
    async *translate(batch: Batch, signal: AbortSignal) {
      let began = performance.now();
      for (const { index, text } of batch.segments) {
        signal.throwIfAborted();
        yield { index, ...engine.translate(text) };
        if (performance.now() - began < MAX_BLOCKING_MS) continue;
        await yieldToEventLoop();
        began = performance.now();
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
