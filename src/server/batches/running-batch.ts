import { FbtrError } from "../../base/errors.ts";
import type { Translator } from "../../engine/translator.ts";
import type { Batch } from "../../plan/batch.ts";
import type { BatchLine, WireError } from "../../worker/batch-wire.ts";

/** How long a batch goes on without a reader: a root whose connection broke comes back by then. */
const GRACE_MS = 2000;

/** A batch that an engine works on, and the lines that it has given so far. */
export class RunningBatch {
  /** Resolves when the engine has ended, however. */
  readonly over: Promise<void>;
  readonly #lines: BatchLine[] = [];
  readonly #end = new AbortController();
  readonly #beganAt = performance.now();
  #readers = 0;
  #grace: NodeJS.Timeout | undefined;
  #news = Promise.withResolvers<string>();
  #endedAt: number | undefined;

  constructor(batch: Batch, translator: Translator) {
    this.over = this.#run(batch, translator);
  }

  get lines(): readonly BatchLine[] {
    return this.#lines;
  }

  /** Resolves with "news" at the next line. */
  get news(): Promise<string> {
    return this.#news.promise;
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  get hasFailed(): boolean {
    return this.#lines.some((line) => "error" in line);
  }

  get elapsedMs(): number {
    return Math.round((this.#endedAt ?? performance.now()) - this.#beganAt);
  }

  /** Counts a reader, until it is disposed of. */
  join(): Disposable {
    clearTimeout(this.#grace);
    this.#readers += 1;
    return {
      [Symbol.dispose]: () => {
        this.#readers -= 1;
        if (this.#readers > 0 || this.isOver) return;
        this.#grace = setTimeout(() => this.stop(), GRACE_MS);
        this.#grace.unref();
      },
    };
  }

  /** Tells the engine to stop. */
  stop(): void {
    if (!this.isOver) this.#end.abort(new FbtrError("CANCELLED", "nobody waits for the batch"));
  }

  async #run(batch: Batch, translator: Translator): Promise<void> {
    try {
      for await (const { judgement: _own, ...answer } of translator.translate(
        batch,
        this.#end.signal,
      )) {
        this.#tell({ answer });
      }
      this.#endedAt = performance.now();
      this.#tell({ done: true });
    } catch (error) {
      this.#endedAt = performance.now();
      this.#tell({ error: wireError(error) });
    }
  }

  #tell(line: BatchLine): void {
    this.#lines.push(line);
    this.#news.resolve("news");
    this.#news = Promise.withResolvers();
  }
}

function wireError(error: unknown): WireError {
  if (error instanceof FbtrError) {
    const { code, message, hint, retryAfterMs } = error;
    return { code, message, hint, retry_after_ms: retryAfterMs };
  }
  return { code: "ENGINE_FAILED", message: error instanceof Error ? error.message : String(error) };
}
