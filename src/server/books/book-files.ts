import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { baseNameOf } from "../../book/source.ts";
import { spoolBook } from "../../book/spool.ts";
import type { TranslateOutput } from "../../job/outputs.ts";
import type { SubmissionRequest } from "./submission.ts";

type NamedRequest = Pick<SubmissionRequest, "name" | "to" | "script" | "format">;
type NamedOutput = TranslateOutput & { readonly shownAs: string };

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
    const shownAs = "The book";
    await using spooled = await spoolBook(bytes, this.#folder, { ...options, shownAs });
    await mkdir(join(this.#folder, id), { mode: 0o700 });
    await rename(spooled.path, this.source(id));
    return id;
  }

  source(id: string): string {
    return join(this.#folder, id, "source");
  }

  /** Where the translations of a book go, and the names under which they are handed out. */
  outputs(id: string, request: NamedRequest): NamedOutput[] {
    const { name, to, script: choice, format } = request;
    const scripts = choice === "both" ? (["cyrillic", "latin"] as const) : [choice];
    return scripts.map((script) => {
      const tag = script === "latin" ? `${to}-Latn` : to;
      const shownAs = `${baseNameOf(name) || "book"}.${tag}.${format}`;
      return { path: join(this.#folder, id, `${script}.${format}`), shownAs, script, format };
    });
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }
}
