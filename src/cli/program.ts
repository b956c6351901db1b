import { readFileSync } from "node:fs";

import { Command, CommanderError, Option } from "@commander-js/extra-typings";

import { FbtrError } from "../base/errors.ts";
import { addAuditCommand } from "./commands/audit.ts";
import { addCacheCommand } from "./commands/cache.ts";
import { addConfigCommand } from "./commands/config.ts";
import { addDaemonCommand } from "./commands/daemon.ts";
import { addConvertCommand } from "./commands/convert.ts";
import { addDraftCommand } from "./commands/draft.ts";
import { addHelpCommand } from "./commands/help.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { addEnginesCommand } from "./commands/engines.ts";
import { addJobsCommand } from "./commands/jobs.ts";
import { addTokensCommand } from "./commands/tokens.ts";
import { addWorkerCommand } from "./commands/worker.ts";
import { addWorkersCommand } from "./commands/workers.ts";
import { addTranslateCommand, withPresets } from "./commands/translate.ts";
import { machineSurroundings, type Surroundings } from "./compose.ts";
import { EXIT, EXIT_STATUS_HELP, accountOf } from "./exit.ts";
import { ReaderGone, processTerminal, type Terminal } from "./terminal.ts";

/** The version of package.json, which stands two folders up both from src/cli and dist/cli. */
function ownVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

const OTHER_OPTIONS = "Other options:";

/** What commander wants to print is kept, so that it can be written with care for its end. */
interface Printed {
  out: string;
  error: string;
}

function createProgram(
  terminal: Terminal,
  surroundings: Surroundings,
  printed: Printed,
  end: (status: number) => void,
): Command {
  const program = new Command("fbtr")
    .description("Translates FictionBook 2 books, and reads and converts them without loss.")
    .optionsGroup(OTHER_OPTIONS)
    .version(ownVersion(), "--version", "print the version")
    .addHelpOption(new Option("-h, --help", "explain a command").helpGroup(OTHER_OPTIONS))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => (printed.out += text),
      writeErr: (text) => (printed.error += text),
    })
    .addHelpText("after", EXIT_STATUS_HELP);
  program.commandsGroup("Books:");
  addTranslateCommand(program, terminal, surroundings, end);
  addInspectCommand(program, terminal);
  addConvertCommand(program, terminal);
  program.commandsGroup("Work:");
  addJobsCommand(program, terminal, surroundings, end);
  addCacheCommand(program, terminal, surroundings);
  addEnginesCommand(program, terminal, surroundings, end);
  addDraftCommand(program, terminal, surroundings);
  program.commandsGroup("Service:");
  addDaemonCommand(program, terminal, surroundings, end);
  addWorkersCommand(program, terminal, surroundings, end);
  addWorkerCommand(program, terminal, surroundings, end);
  addTokensCommand(program, terminal, surroundings);
  addAuditCommand(program, terminal, surroundings, end);
  program.commandsGroup("More:");
  addConfigCommand(program, terminal, surroundings);
  addHelpCommand(program, terminal);
  return program;
}

/** All commands and options, to be read: the manual is made from them. */
export function commandTree(): Command {
  const printed: Printed = { out: "", error: "" };
  return createProgram(processTerminal(), machineSurroundings(), printed, () => undefined);
}

/**
 * Runs one command line.
 *
 * @param args what stands after `fbtr`.
 * @returns the exit status; errors have been told on the terminal, with `--json` as JSON.
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  surroundings: Surroundings = machineSurroundings(),
): Promise<number> {
  const printed: Printed = { out: "", error: "" };
  let status: number = EXIT.done;
  const end = (ended: number) => {
    status = ended;
  };
  try {
    await parse(createProgram(terminal, surroundings, printed, end), args, terminal, printed);
    return status;
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.done;
    return tellError(error, args.includes("--json"), terminal, printed);
  }
}

/** commander ends by throwing, also when it has only printed help or the version. */
async function parse(
  program: Command,
  args: readonly string[],
  terminal: Terminal,
  printed: Printed,
): Promise<void> {
  try {
    await program.parseAsync(withPresets(args), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
    await terminal.writeOut(printed.out);
  }
}

function tellError(error: unknown, isJson: boolean, terminal: Terminal, printed: Printed): number {
  // commander asks for status 1 where shells expect 2.
  const isUsage = error instanceof CommanderError;
  const told = isUsage
    ? new FbtrError("USAGE_INVALID", error.message.replace(/^error: /, ""))
    : error;
  const { text, json, status } = accountOf(told);
  if (isJson) terminal.writeError(json);
  else terminal.writeError(isUsage ? printed.error : text);
  return status;
}
