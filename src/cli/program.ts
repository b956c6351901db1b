import { readFileSync } from "node:fs";

import { Command, CommanderError } from "@commander-js/extra-typings";

import { addConvertCommand } from "./commands/convert.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { EXIT, EXIT_STATUS_HELP, explain } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** The version of package.json, which stands two folders up both from src/cli and dist/cli. */
function ownVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function createProgram(terminal: Terminal): Command {
  const program = new Command("fbtr")
    .description("Reads, converts and rewrites FictionBook 2 books without loss.")
    .version(ownVersion(), "--version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.writeOut(text),
      writeErr: (text) => terminal.writeError(text),
    })
    .addHelpText("after", EXIT_STATUS_HELP);
  addInspectCommand(program, terminal);
  addConvertCommand(program, terminal);
  return program;
}

/**
 * Runs one command line.
 *
 * @param args what stands after `fbtr`.
 * @returns the exit status; errors have been told on the terminal.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: "user" });
    return EXIT.done;
  } catch (error) {
    // commander has printed its own message, and asks for status 1 where shells expect 2.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { message, status } = explain(error);
    terminal.writeError(message);
    return status;
  }
}
