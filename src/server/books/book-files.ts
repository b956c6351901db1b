import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { baseNameOf } from "../../book/source.ts";
import { spoolBook } from "../../book/spool.ts";
import type { TranslateOutput } from "../../job/outputs.ts";
import type { ScriptChoice } from "../../job/snapshot.ts";

/**
 * Where the daemon keeps the books that it was handed: a folder each, with the source and what
 * became of it. Names that users give are never part of a path.
 */
export class BookFiles {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, "books");
  }

  /**
   * Keeps a book as it comes; nothing is left if that fails.
   *
   * @returns the id of its folder.
   * @throws FbtrError BOOK_UNREADABLE, BOOK_TOO_LARGE, OUTPUT_UNWRITABLE; the signal's reason.
   */
  async take(
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<string> {
    const id = randomUUID();
    await using spooled = await spoolBook(bytes, this.#folder, options);
    await mkdir(join(this.#folder, id), { mode: 0o700 });
    await rename(spooled.path, this.source(id));
    return id;
  }

  source(id: string): string {
    return join(this.#folder, id, "source");
  }

  outputs(id: string, script: ScriptChoice): TranslateOutput[] {
    const scripts = script === "both" ? (["cyrillic", "latin"] as const) : [script];
    return scripts.map((one) => {
      return { path: join(this.#folder, id, `${one}.fb2`), script: one, format: "fb2" };
    });
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }
}

/** Name under which a translation is handed out, in the habit of `fbtr translate`. */
export function downloadName(
  { name, to }: { readonly name: string; readonly to: string },
  script: TranslateOutput["script"],
  format: TranslateOutput["format"],
): string {
  const tag = script === "latin" ? `${to}-Latn` : to;
  return `${baseNameOf(name) || "book"}.${tag}.${format}`;
}
