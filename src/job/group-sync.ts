import { open } from "node:fs/promises";

import { storeFailure } from "./state-file.ts";

/**
 * Brings commits to disk without keeping the thread, many with one call: whoever comes while the
 * disk works waits for the next call (group commit; Gawlick and Kinkade, 1985).
 */
export class GroupSync {
  readonly #path: string;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param path of the file that commits are written to; it exists when `synced` is called. */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Resolves when all that was written before this call is on disk.
   *
   * @throws FbtrError JOB_STORE_FAILED.
   */
  synced(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = undefined;
    const running = syncFile(this.#path).finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}

async function syncFile(path: string): Promise<void> {
  try {
    await using file = await open(path);
    await file.datasync();
  } catch (error) {
    throw storeFailure(error);
  }
}
