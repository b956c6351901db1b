import type { Readable } from "node:stream";

/** What a command writes to one of its outputs, up to a limit. */
export class CommandOutput {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  /** @param overflow is called once, when there are more than `maxBytes`; the rest is dropped. */
  constructor(output: Readable, maxBytes: number, overflow: () => void) {
    output.on("data", (chunk: Buffer) => {
      if (this.#length > maxBytes) return;
      this.#length += chunk.length;
      if (this.#length > maxBytes) overflow();
      else this.#chunks.push(chunk);
    });
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
