import { InvalidArgumentError, Option, type Command } from "@commander-js/extra-typings";

import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr translate book.fb2
  $ fbtr translate book.fb2.zip --script both -o knjiga.fb2
  $ fbtr translate library/ novel.fb2 -o translated
  $ fbtr translate book.fb2 --only 3-5 --engine openai
  $ fbtr translate book.fb2 --redo draft,flagged
  $ fbtr translate --bilingual book.fb2
  $ unzip -p book.zip | fbtr translate - > knjiga.fb2
  $ fbtr translate --json book.fb2 | jq -r .message
`;

const DESCRIPTION =
  "Translates FB2 books, one after the other; one that fails does not stop the others. A folder " +
  "stands for the .fb2 and .fb2.zip in it and in its folders, without translations that fbtr has " +
  "named (book.sr.fb2); into an output folder they go by the same folders. Without -o " +
  "the translation stands beside the book: book.sr.fb2, in Latin script book.sr-Latn.fb2, a zip if " +
  "the book is one. A book that was interrupted goes on where it was when the same command is given " +
  "again. Progress and the report at the end go to standard error. With several books the exit " +
  "status is the highest of theirs. What no option says is taken from the configuration, see " +
  "`fbtr config`.";

/** The daemon of this user on this machine. */
const LOCAL = "local";

const ORDERS = ["original-first", "translation-first"] as const;

/** Options whose value may be left out: the values that they know, and the one that is meant then. */
const PRESETS: readonly (readonly [option: string, knows: RegExp, meant: string])[] = [
  ["--bilingual", /^(?:original-first|translation-first)$/, "original-first"],
  ["--daemon", /^(?:local$|https?:\/\/)/, LOCAL],
];

/**
 * Gives each such option its value: what follows it is a book where it is no value, but commander
 * would take anything for one.
 */
export function withPresets(args: readonly string[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.map((word, at) => {
    const [, knows, meant] = PRESETS.find(([option]) => option === word) ?? [];
    const isBare = knows !== undefined && at < end && !knows.test(args[at + 1] ?? "");
    return isBare ? `${word}=${meant}` : word;
  });
}

/** A list with commas, as it was given. @throws InvalidArgumentError if it names nothing. */
function atLeastOne(list: string): string {
  if (/[^,\s]/.test(list)) return list;
  throw new InvalidArgumentError("It names nothing.");
}

/** The command with its options, still without what it does. */
function declareTranslate(program: Command) {
  return program
    .command("translate")
    .summary("translate books")
    .description(DESCRIPTION)
    .argument("<book...>", "an .fb2 file, an .fb2.zip, a folder of such, or - for standard input")
    .optionsGroup("Output:")
    .option("-o, --output <path>", "file or existing folder to write to; - for standard output")
    .addOption(
      new Option("--script <script>", "script to write; with both and -o x.fb2 also x.latin.fb2")
        .choices(["cyrillic", "latin", "both"] as const)
        .default("cyrillic" as const),
    )
    .addOption(
      new Option(
        "--bilingual [order]",
        "write both languages, each paragraph below its counterpart; without an order original-first",
      )
        .choices(ORDERS)
        .preset(ORDERS[0]),
    )
    .option("--force", "replace outputs that exist")
    .optionsGroup("Translation:")
    .option(
      "--engine <name>",
      "engine to use; without it fbtr takes the best there is and says why",
    )
    .option("--model <name>", "model of the engine")
    .option("--fallback <engines>", "engines for what the first one does not manage, e.g. draft")
    .option("--from <lang>", "language of the book", "ru")
    .option("--to <lang>", "language to translate to", "sr")
    .option(
      "--only <sections>",
      "translate these and keep the rest as it is: 3, 3-5, notes, or how a title begins; with commas",
      atLeastOne,
    )
    .option(
      "--redo <what>",
      "translate again: flagged, draft (what a fallback drafted), or sections as in --only; with commas",
      atLeastOne,
    )
    .option("--fresh", "forget what an earlier run has translated, and begin again")
    .optionsGroup("Money:")
    .option("--dry-run", "tell segments, tokens and cost, and translate nothing")
    .option(
      "--max-cost <dollars>",
      "stop before more than this is spent; the job can be gone on with",
    )
    .option("--prices <file>", "JSON file with prices of models, for those that fbtr does not know")
    .optionsGroup("Telling:")
    .addOption(
      new Option(
        "--daemon [url]",
        "let a daemon do the work: this user's, or the one at a URL (token in FBTR_TOKEN)",
      ).preset(LOCAL),
    )
    .option("--json", "print every event as a line of JSON on standard output")
    .option("--quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
}

export function addTranslateCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  declareTranslate(program).action(async (books, options, command) => {
    const { translateBooks } = await import("../translation-run.ts");
    const { translateSettings } = await import("../translate-settings.ts");
    const { resumeCommand } = await import("../resume-command.ts");
    const given = Object.fromEntries(
      Object.entries(options).filter(([name]) => command.getOptionValueSource(name) === "cli"),
    );
    const { warnings, ...settings } = await translateSettings(given, surroundings);
    for (const warning of options.quiet ? [] : warnings) {
      terminal.writeError(`fbtr: warning: ${warning}\n`);
    }
    const { moneyOf } = await import("../money.ts");
    const { findBooks } = await import("../book-folders.ts");
    const { listOf, redoWishesOf } = await import("../../plan/redo-wishes.ts");
    const request = {
      ...options,
      ...settings,
      books: await findBooks(books, settings.to),
      money: await moneyOf(options),
      fallbacks: options.fallback?.split(",") ?? [],
      force: options.force ?? false,
      fresh: options.fresh ?? false,
      redo: options.redo === undefined ? undefined : redoWishesOf(options.redo),
      only: options.only === undefined ? undefined : listOf(options.only),
      resume: (open: readonly string[]) => resumeCommand(open, given),
    };
    if (options.dryRun) {
      const { dryRun } = await import("../dry-run.ts");
      await dryRun(request, terminal, surroundings);
      return;
    }
    end(await translateBooks(request, terminal, surroundings, program.version() ?? ""));
  });
}
