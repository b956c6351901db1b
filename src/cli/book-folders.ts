import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import { FbtrError } from "../base/errors.ts";

/** A book that the command line names, itself or by a folder that it is in. */
export interface NamedBook {
  /** Path, or `-` for standard input. */
  readonly path: string;
  /** As it stands on the command line: the book, or the folder. */
  readonly argument: string;
  /** Its folder below the one that was named; empty if it stands there, or was named itself. */
  readonly below: string;
  /** Why a folder gives no book. */
  readonly failure?: FbtrError;
}

const BOOK = /\.fb2(?:\.zip)?$/i;

/**
 * The books that arguments name, in their order. A folder gives the `.fb2` and `.fb2.zip` in it and
 * in its folders, sorted by name, without hidden ones, without translations that fbtr has named, and
 * without those that are named before. A folder that gives none is a book with a `failure`.
 *
 * @param to target language, part of the names of translations.
 */
export async function findBooks(args: readonly string[], to: string): Promise<NamedBook[]> {
  const books: NamedBook[] = [];
  const taken = new Set<string>();
  for (const argument of args) {
    const isFolder = argument !== "-" && (await isFolderAt(argument));
    const found = isFolder
      ? (await booksIn(argument, to)).filter(({ path }) => !taken.has(resolve(path)))
      : [{ path: argument, argument, below: "" }];
    for (const book of found) {
      taken.add(resolve(book.path));
      books.push(book);
    }
  }
  return books;
}

async function isFolderAt(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

async function booksIn(folder: string, to: string): Promise<NamedBook[]> {
  const endings = [`.${to}`, `.${to}-latn`];
  const isTranslation = (name: string) => {
    const base = name.toLowerCase().replace(BOOK, "");
    return endings.some((ending) => base.endsWith(ending));
  };
  // Made here, since a book that is named by itself need not wait for the rules of sorting.
  const byName = new Intl.Collator("en", { numeric: true });
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const books = entries
      .filter((entry) => !entry.isDirectory() && BOOK.test(entry.name))
      .filter(({ name }) => !isTranslation(name))
      .map(({ name, parentPath }): NamedBook => {
        return {
          path: join(parentPath, name),
          argument: folder,
          below: relative(folder, parentPath),
        };
      })
      .filter(({ path }) => !/(?:^|[/\\])\./.test(relative(folder, path)))
      .sort((a, b) => byName.compare(a.path, b.path));
    return books.length > 0 ? books : [folderWithout(folder, "there is no book in it")];
  } catch (cause) {
    return [folderWithout(folder, "no permission to read all of it", cause)];
  }
}

function folderWithout(folder: string, reason: string, cause?: unknown): NamedBook {
  const failure = new FbtrError("BOOK_UNREADABLE", `Cannot read ${folder}: ${reason}`, {
    hint: "A folder gives its .fb2 and .fb2.zip; translations that fbtr has named are left out.",
    cause,
  });
  return { path: folder, argument: folder, below: "", failure };
}
