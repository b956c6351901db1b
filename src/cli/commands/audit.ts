import type { Command } from "@commander-js/extra-typings";

import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT, EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** The daemon's record of what matters to security. */
export function addAuditCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const audit = program
    .command("audit")
    .summary("check the record of what matters to security")
    .description(
      "The daemon keeps a record of tokens, refused callers and changes of its configuration. Its " +
        "lines are chained, so that one that is changed or missing is noticed.",
    )
    .helpCommand(false)
    .addHelpText("after", EXIT_STATUS_HELP);
  audit
    .command("verify")
    .summary("look whether the record is whole")
    .description("Looks whether the record is whole, from its first line to its last.")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const { verifyAudit } = await import("../../server/access/audit-log.ts");
      const verdict = verifyAudit(await stateFolderOf(surroundings));
      const { entries, faults } = verdict;
      const counted = entries === 1 ? "1 entry" : `${entries} entries`;
      const told = faults.length === 0 ? [`${counted}, all in order`] : faults;
      await terminal.writeOut(
        json ? `${JSON.stringify(verdict)}\n` : told.map((line) => `${line}\n`).join(""),
      );
      if (faults.length > 0) end(EXIT.failed);
    });
}
