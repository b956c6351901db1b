import { Option, type Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import { piecesOf } from "../../book/markers.ts";
import type { Edition } from "../../book/writing.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr convert knjiga.fb2 --to latin -o knjiga.latin.fb2
  $ echo "Љубав" | fbtr convert --to latin
  $ unzip -p knjiga.fb2.zip | fbtr convert - --to latin > knjiga.latin.fb2
`;

type Converter = (text: string) => string;

export function addConvertCommand(program: Command, terminal: Terminal): void {
  program
    .command("convert")
    .summary("change the script of a Serbian text or book")
    .description(
      "Converts Serbian between Cyrillic and Latin script. Of a book (an FB2 or a zip with one) the " +
        "text is converted and everything else stays as it came. Anything else is plain UTF-8 " +
        "text. Writes to standard output unless -o is given.",
    )
    .argument("[file]", "an .fb2, an .fb2.zip or a text; standard input without it", "-")
    .addOption(
      new Option("--to <script>", "script to write")
        .choices(["latin", "cyrillic"] as const)
        .makeOptionMandatory(),
    )
    .option("-o, --output <path>", "file to write; - for standard output")
    .option("--force", "replace the output if it exists")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (path, options) => {
      const convert = await converterTo(options.to);
      const output = options.output === "-" ? undefined : options.output;
      if (output !== undefined) await checkOutput(path, output, options.force);
      const input = await inputOf(path, terminal);
      const convertInput = input.isBook ? convertBook : convertText;
      await convertInput(input, output, convert, terminal);
    });
}

interface Input {
  readonly path: string;
  readonly isBook: boolean;
  /** The bytes of standard input; empty when a file is named. */
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** A file is a book by its name or by its beginning, standard input by its beginning. */
async function inputOf(path: string, { stdin }: Terminal): Promise<Input> {
  if (/\.(?:fb2|zip)$/i.test(path)) return { path, isBook: true, stdin };
  const { createReadStream } = await import("node:fs");
  const { looksLikeBook } = await import("../../book/source.ts");
  const { peekAt } = await import("../input-book.ts");
  if (path === "-") {
    const { head, bytes } = await peekAt(stdin);
    return { path, isBook: looksLikeBook(head), stdin: bytes };
  }
  try {
    const { head } = await peekAt(createReadStream(path, { end: 511 }));
    return { path, isBook: looksLikeBook(head), stdin };
  } catch (error) {
    throw unreadableText(path, error);
  }
}

async function converterTo(script: "latin" | "cyrillic"): Promise<Converter> {
  if (script === "latin") return (await import("../../language/latin.ts")).toLatin;
  return (await import("../../language/cyrillic.ts")).toCyrillic;
}

async function checkOutput(input: string, output: string, force = false): Promise<void> {
  const { stat } = await import("node:fs/promises");
  const found = await stat(output).catch(() => undefined);
  if (found === undefined) return;
  if (found.isDirectory()) {
    throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${output}: it is a folder`, {
      hint: "Name a file with --output.",
    });
  }
  // A device such as /dev/null has nothing that could be lost.
  if (!found.isFile()) return;
  const source = await stat(input).catch(() => undefined);
  if (source?.ino === found.ino && source.dev === found.dev) {
    throw new FbtrError("USAGE_INVALID", `The output ${output} is the input`, {
      hint: "Name another file with --output.",
    });
  }
  if (force) return;
  throw new FbtrError("OUTPUT_EXISTS", `${output} exists already`, {
    hint: "Use --force to replace it, or name another file with --output.",
  });
}

/** Converts the text between markers; the markers stand for the book's tags. */
function editionOf(convert: Converter): Edition {
  return {
    sourceLanguage: "sr",
    translationOf: ({ text, skip }) => {
      if (skip) return undefined;
      const converted = piecesOf(text).map((piece) => {
        if ("text" in piece) return convert(piece.text);
        const { number, role } = piece;
        return role === "atom" ? `<${number}/>` : `<${role === "close" ? "/" : ""}${number}>`;
      });
      const result = converted.join("");
      return result === text ? undefined : result;
    },
  };
}

async function convertBook(
  { path, stdin }: Input,
  output: string | undefined,
  convert: Converter,
  terminal: Terminal,
): Promise<void> {
  const { openInputBook } = await import("../input-book.ts");
  const { writeBook, editionBytes } = await import("../../book/writing.ts");
  await using book = await openInputBook(path, stdin);
  const edition = editionOf(convert);
  if (output === undefined) {
    for await (const chunk of editionBytes(book.source, edition)) await terminal.writeOut(chunk);
  } else {
    const format = /\.zip$/i.test(output) ? "fb2.zip" : "fb2";
    await writeBook(book.source, { path: output, format, date: new Date() }, edition);
  }
}

async function convertText(
  { path, stdin }: Input,
  output: string | undefined,
  convert: Converter,
  terminal: Terminal,
): Promise<void> {
  const text = decodeUtf8(path, path === "-" ? await readAll(stdin) : await readText(path));
  const converted = convert(text);
  if (output === undefined) {
    await terminal.writeOut(converted);
  } else {
    const { replaceFile } = await import("../../book/atomic-file.ts");
    await replaceFile(output, (write) => write(Buffer.from(converted)));
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readText(path: string): Promise<Uint8Array> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadableText(path, error);
  }
}

function unreadableText(path: string, cause: unknown): FbtrError {
  return new FbtrError("BOOK_UNREADABLE", `Cannot read ${path}`, {
    cause,
    hint: "Check that it is a file, that it exists and that you may read it.",
  });
}

/** Text in another encoding is refused: decoding it anyway would destroy its letters. */
function decodeUtf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const name = path === "-" ? "Standard input" : path;
    throw new FbtrError("BOOK_UNREADABLE", `${name} is not UTF-8 text`, {
      cause: error,
      hint: "Convert it first, for example with `iconv -f windows-1251 -t utf-8`.",
    });
  }
}
