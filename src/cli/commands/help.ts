import type { Command } from "@commander-js/extra-typings";

import { GENERAL_VARIABLES } from "../../config/variables.ts";
import { EXIT_STATUSES } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const ENVIRONMENT = `Environment:
${GENERAL_VARIABLES.map(({ name, about }) => `  ${name.padEnd(17)}  ${about}\n`).join("")}
\`fbtr config explain\` tells which variables set keys of the configuration.
macOS and Windows have their own folders as defaults.
`;

const EXIT_CODES = `Exit status:
${EXIT_STATUSES.map(({ status, meaning }) => `  ${String(status).padEnd(5)}${meaning}\n`).join("")}
With several books the exit status is the highest of theirs. A status that is not listed
means failure.
`;

/** Pages that belong to no command. */
const TOPICS = new Map([
  ["environment", ENVIRONMENT],
  ["exit-codes", EXIT_CODES],
]);

export function addHelpCommand(program: Command, terminal: Terminal): void {
  const topics = [...TOPICS.keys()].join(", ");
  program
    .command("help")
    .summary("explain a command or a topic")
    .description(`Explains a command, or one of the topics ${topics}.`)
    .argument("[name...]", "a command such as `jobs list`, or a topic")
    .action(async (names) => {
      const topic = TOPICS.get(names.join(" "));
      if (topic !== undefined) {
        await terminal.writeOut(topic);
        return;
      }
      let command: { readonly commands: Command["commands"]; help(): never } = program;
      for (const name of names) {
        const next = command.commands.find((known) => known.name() === name);
        if (next === undefined)
          program.error(`error: there is no command or topic '${names.join(" ")}'`);
        command = next;
      }
      command.help();
    });
}
