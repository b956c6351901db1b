import type { CommandUnknownOpts } from "@commander-js/extra-typings";

import { EXIT_STATUSES } from "../exit.ts";

/** Names of the tables that the README has between `<!-- name -->` and `<!-- /name -->`. */
const TABLES = {
  commands: commandTable,
  "exit-status": exitStatusTable,
} satisfies Record<string, (program: CommandUnknownOpts) => string>;

/**
 * The README with its tables as the program is now.
 *
 * @throws Error if a table has no place.
 */
export function updatedReadme(readme: string, program: CommandUnknownOpts): string {
  let updated = readme;
  for (const [name, table] of Object.entries(TABLES)) {
    const block = new RegExp(`(<!-- ${name}:[^>]*-->\\n)[^]*?(<!-- /${name} -->)`);
    if (!block.test(updated)) throw new Error(`the README has no place for the table ${name}`);
    updated = updated.replace(block, (_, begin: string, end: string) =>
      [begin, table(program), end].join("\n"),
    );
  }
  return updated;
}

function markdownTable(rows: readonly (readonly [string, string])[]): string {
  const [head = ["", ""], ...body] = rows;
  const line = (row: readonly [string, string]) => `| ${row.map(cell).join(" | ")} |`;
  return `${[line(head), "|---|---|", ...body.map(line)].join("\n")}\n`;
}

const cell = (text: string) => text.replaceAll("|", "\\|");

/** A row for each command that does something itself. */
function commandTable(program: CommandUnknownOpts): string {
  const rows = leavesOf(program).map((command): [string, string] => {
    const usage = command.createHelp().commandUsage(command);
    return [`\`${usage}\``, command.summary()];
  });
  return markdownTable([["command", "what it does"], ...rows]);
}

function leavesOf(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function exitStatusTable(): string {
  const rows = EXIT_STATUSES.map(({ status, meaning }): [string, string] => [
    String(status),
    meaning,
  ]);
  return markdownTable([["status", "meaning"], ...rows]);
}
