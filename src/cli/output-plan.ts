import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { baseNameOf } from "../book/source.ts";
import type { TranslateOutput } from "../job/outputs.ts";
import type { ScriptChoice } from "../job/snapshot.ts";

/** Where the translation of one book goes. */
export interface PlannedBook {
  /** As the user named it; `-` for standard input. */
  readonly input: string;
  /** `stdout`: the one output is written to a temporary folder first, and from there to standard output. */
  readonly destination: "files" | "stdout";
  readonly outputs: readonly TranslateOutput[];
}

export interface OutputWishes {
  readonly books: readonly string[];
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
 * - An `output` that is a folder, or ends in a slash, gets those names inside.
 * - Any other `output` is the file itself, a zip if its name ends in `.zip`. With both scripts it is
 *   the Cyrillic one, and the Latin one stands beside it with `.latin` in front of the ending.
 * - `-` is standard output.
 *
 * @throws FbtrError USAGE_INVALID where the wishes contradict each other, or two books would be
 *   written to the same file.
 */
export async function planOutputs(wishes: OutputWishes): Promise<PlannedBook[]> {
  const { books, output } = wishes;
  const isFolder = output !== undefined && (await namesFolder(output));
  if (books.length > 1 && output !== undefined && !isFolder) {
    throw new FbtrError("USAGE_INVALID", `${output} is not a folder, and there are several books`, {
      hint: "Name an existing folder with --output, or translate the books one by one.",
    });
  }
  const planned = books.map((input) => planBook(input, wishes, isFolder));
  refuseCollisions(planned);
  return planned;
}

async function namesFolder(output: string): Promise<boolean> {
  if (/[/\\]$/.test(output)) return true;
  const found = await stat(output).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

function planBook(input: string, wishes: OutputWishes, isFolder: boolean): PlannedBook {
  const { output } = wishes;
  const nowhereBeside = input === "-" && output === undefined;
  if (output === "-" || nowhereBeside) {
    refuseStdout(wishes);
    return planStdout(input, wishes);
  }
  const outputs =
    output === undefined || isFolder
      ? outputsInFolder(input, output ?? dirname(input), wishes)
      : outputsNamed(output, wishes.script);
  return { input, destination: "files", outputs };
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

function planStdout(input: string, { script, to, temporaryFolder }: OutputWishes): PlannedBook {
  const path = join(temporaryFolder, `${NAMELESS}.${languageTag(to, script)}.fb2`);
  const one = script === "latin" ? "latin" : "cyrillic";
  return { input, destination: "stdout", outputs: [{ path, script: one, format: "fb2" }] };
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
