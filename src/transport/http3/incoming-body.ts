import { Http3Error } from "./http3-error.ts";

/**
 * Bytes that have come and were not read yet. QUIC takes in whatever is sent, so that this is the
 * memory that one message may take.
 */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

/** A body as it comes: bytes are put in at one end, and read once at the other. */
export class IncomingBody implements AsyncIterable<Uint8Array> {
  readonly #onLeft: () => void;
  readonly #chunks: Uint8Array[] = [];
  #unreadBytes = 0;
  #isComplete = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** @param onLeft the reader wants no more, before the end. */
  constructor(onLeft: () => void) {
    this.#onLeft = onLeft;
  }

  /** @throws Http3Error EXCESSIVE_LOAD for more than `MAX_UNREAD_BYTES` that nobody reads. */
  push(chunk: Uint8Array): void {
    this.#unreadBytes += chunk.length;
    if (this.#unreadBytes > MAX_UNREAD_BYTES) {
      throw new Http3Error("EXCESSIVE_LOAD", "A body comes faster than it is read.", "stream");
    }
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  end(): void {
    this.#isComplete = true;
    this.#wake?.();
  }

  /** What has come before can still be read. The first failure counts. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk) {
          this.#unreadBytes -= chunk.length;
          yield chunk;
        } else if (this.#isComplete) {
          return;
        } else if (this.#failure) {
          throw this.#failure;
        } else {
          await this.#change();
        }
      }
    } finally {
      if (!this.#isComplete && !this.#failure) this.#onLeft();
    }
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}
