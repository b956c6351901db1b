import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { baseNameOf } from "../book/source.ts";
import type { TranslateOutput } from "../job/outputs.ts";
import type { ScriptChoice } from "../job/snapshot.ts";
import type { NamedBook } from "./book-folders.ts";

/** Where the translation of one book goes. */
export interface PlannedBook {
  /** As the user named it; `-` for standard input. */
  readonly input: string;
  /** `stdout`: the one output is written to a temporary folder first, and from there to standard output. */
  readonly destination: "files" | "stdout";
  readonly outputs: readonly TranslateOutput[];
  /** What stands for it on the command line: the book itself, or a folder. */
  readonly argument: string;
  /** Its folder below the one on the command line. */
  readonly below: string;
  /** Why there is no book. */
  readonly failure?: FbtrError;
  /** The folder of its outputs is made if it is missing. */
  readonly makesFolder: boolean;
}

export interface OutputWishes {
  readonly books: readonly NamedBook[];
  readonly output?: string | undefined;
  readonly script: ScriptChoice;
  /** Given for books with both languages: they have names of their own. */
  readonly bilingual?: unknown;
  /** Target language, part of the names. */
  readonly to: string;
  /** Who reads standard output: a program that expects a book, or events, or a person. */
  readonly stdout: "book" | "events" | "person";
  /** A folder for what goes to standard output. */
  readonly temporaryFolder: string;
}

type Script = TranslateOutput["script"];

/** Base name of a book that has no file name. */
const NAMELESS = "book";

/**
 * Decides the outputs of each book.
 *
 * - Without `output` they stand beside the book, in the same container: `book.sr.fb2`, in Latin
 *   script `book.sr-Latn.fb2`, with both languages `book.bilingual.sr.fb2`. A book from standard input goes to standard output.
 * - An `output` that is a folder, or ends in a slash, gets those names inside. For several books, or
 *   for those of a folder, it is a folder whatever its name, unless that is the name of a book; it is
 *   made if it is missing, and so are the folders in it that those of the books become.
 * - Any other `output` is the file itself, a zip if its name ends in `.zip`. With both scripts it is
 *   the Cyrillic one, and the Latin one stands beside it with `.latin` in front of the ending.
 * - `-` is standard output.
 *
 * @throws FbtrError USAGE_INVALID where the wishes contradict each other, or two books would be
 *   written to the same file.
 */
export async function planOutputs(wishes: OutputWishes): Promise<PlannedBook[]> {
  const { books, output } = wishes;
  const isLibrary = books.length > 1 || books.some(({ path, argument }) => path !== argument);
  const canBeFolder = isLibrary && output !== "-" && !/\.(?:fb2|zip)$/i.test(output ?? "");
  const isFolder = output !== undefined && (canBeFolder || (await namesFolder(output)));
  if (books.length > 1 && output !== undefined && !isFolder) {
    throw new FbtrError("USAGE_INVALID", `${output} is not a folder, and there are several books`, {
      hint: "Name an existing folder with --output, or translate the books one by one.",
    });
  }
  const planned = books.map((book) => planBook(book, wishes, { isFolder, isLibrary }));
  refuseCollisions(planned);
  return planned;
}

async function namesFolder(output: string): Promise<boolean> {
  if (/[/\\]$/.test(output)) return true;
  const found = await stat(output).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

function planBook(
  { path: input, argument, below, failure }: NamedBook,
  wishes: OutputWishes,
  { isFolder, isLibrary }: { readonly isFolder: boolean; readonly isLibrary: boolean },
): PlannedBook {
  const { output } = wishes;
  const place = { input, argument, below, destination: "files", makesFolder: false } as const;
  if (failure) return { ...place, failure, outputs: [] };
  const nowhereBeside = input === "-" && output === undefined;
  if (output === "-" || nowhereBeside) {
    refuseStdout(wishes);
    return { ...place, destination: "stdout", outputs: outputsToStdout(wishes) };
  }
  if (output !== undefined && !isFolder) {
    return { ...place, outputs: outputsNamed(output, wishes.script) };
  }
  const folder = output === undefined ? dirname(input) : join(output, below);
  const makesFolder = isLibrary && isFolder;
  return { ...place, makesFolder, outputs: outputsInFolder(input, folder, wishes) };
}

/** Standard output takes one book and nothing else. */
function refuseStdout({ books, output, script, stdout }: OutputWishes): void {
  const reason =
    (books.length > 1 && "it cannot take several books") ||
    (script === "both" && "it cannot take both scripts") ||
    (stdout === "events" && "it takes the events of --json") ||
    (stdout === "person" && output === undefined && "it is a terminal");
  if (!reason) return;
  throw new FbtrError("USAGE_INVALID", `The book cannot go to standard output: ${reason}`, {
    hint: "Name a file or a folder with --output.",
  });
}

function outputsToStdout({ script, to, temporaryFolder }: OutputWishes): TranslateOutput[] {
  const path = join(temporaryFolder, `${NAMELESS}.${languageTag(to, script)}.fb2`);
  const shownAs = "standard output";
  return [{ path, shownAs, script: script === "latin" ? "latin" : "cyrillic", format: "fb2" }];
}

function scriptsOf(choice: ScriptChoice): readonly Script[] {
  return choice === "both" ? ["cyrillic", "latin"] : [choice];
}

/** BCP 47: Serbian is written in Cyrillic unless the tag says otherwise. */
function languageTag(to: string, script: ScriptChoice): string {
  return script === "latin" ? `${to}-Latn` : to;
}

function outputsInFolder(
  input: string,
  folder: string,
  { script: choice, to, bilingual }: OutputWishes,
): TranslateOutput[] {
  const name = input === "-" ? NAMELESS : baseNameOf(input);
  const base = bilingual === undefined ? name : `${name}.bilingual`;
  const format = /\.zip$/i.test(input) ? "fb2.zip" : "fb2";
  return scriptsOf(choice).map((script) => {
    const path = join(folder, `${base}.${languageTag(to, script)}.${format}`);
    return { path, script, format };
  });
}

function outputsNamed(output: string, choice: ScriptChoice): TranslateOutput[] {
  const format = /\.zip$/i.test(output) ? "fb2.zip" : "fb2";
  return scriptsOf(choice).map((script) => {
    const isSecond = choice === "both" && script === "latin";
    const path = isSecond ? output.replace(/(?:\.fb2)?(?:\.zip)?$/i, ".latin$&") : output;
    return { path, script, format };
  });
}

function refuseCollisions(planned: readonly PlannedBook[]): void {
  const owners = new Map<string, string>();
  for (const { input, outputs } of planned) {
    for (const { path } of outputs) {
      const owner = owners.get(resolve(path));
      if (owner !== undefined) {
        throw new FbtrError("USAGE_INVALID", `${owner} and ${input} would both become ${path}`, {
          hint: "Translate them one by one with --output.",
        });
      }
      owners.set(resolve(path), input);
    }
  }
}
