import { FbtrError } from "../../base/errors.ts";
import type { ChatEvent, ChatModel, ChatRequest } from "../models/chat-model.ts";
import { ModelDecorator } from "../models/model-decorator.ts";

/** How long a model may be silent, milliseconds. The whole answer may take as long as it likes. */
export interface SilenceLimits {
  /** Until the first sign of life: a large model may have to be loaded first. */
  readonly firstMs: number;
  /** Between two signs of life. */
  readonly idleMs: number;
}

/**
 * A model whose silence is a failure like any other, so that whoever counts failures counts it. The
 * call behind it is cancelled in every case: no slot and no money is held by an answer that nobody
 * reads.
 */
export class TimedModel extends ModelDecorator {
  readonly #limits: SilenceLimits;

  constructor(model: ChatModel, limits: SilenceLimits) {
    super(model);
    this.#limits = limits;
  }

  /** @throws FbtrError ENGINE_UNREACHABLE after silence; what the model throws. */
  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const events = this.inner.stream(request, both)[Symbol.asyncIterator]();
    let waitMs = this.#limits.firstMs;
    try {
      for (;;) {
        const next = await this.#within(events.next(), waitMs, signal);
        if (next.done) return;
        waitMs = this.#limits.idleMs;
        yield next.value;
      }
    } finally {
      ending.abort(new Error("the answer has ended"));
      // A call that hears of its end throws; what matters of it is known already. It is not waited
      // for: one that hangs would hold up everybody.
      void events.return?.().catch(() => undefined);
    }
  }

  /** `promise`, unless it takes longer than `ms` or `signal` is aborted first. */
  async #within<T>(promise: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(this.#silent(ms)), ms);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    // The loser of the race is still listened to, so that its failure is no unhandled rejection.
    promise.catch(() => undefined);
    try {
      return await Promise.race([promise, ended]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  }

  #silent(ms: number): FbtrError {
    const { provider, model } = this;
    const said = `${provider} ${model} said nothing for ${Math.round(ms / 1000)} s`;
    return new FbtrError("ENGINE_UNREACHABLE", said, {
      hint: "Check that it is up, or allow it more time (timeout_seconds).",
    });
  }
}
