import type { Command } from "@commander-js/extra-typings";

import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

export function addDaemonCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const daemon = program
    .command("daemon")
    .summary("offer the same work over HTTP")
    .description("Runs fbtr as a service for this machine's programs, and for others over TLS.")
    .helpCommand(false)
    .addHelpText("after", EXIT_STATUS_HELP);
  daemon
    .command("run")
    .summary("run the daemon in the foreground")
    .description("Runs the daemon in the foreground until a signal ends it.")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const { runInForeground } = await import("../daemon-run.ts");
      end(await runInForeground(terminal, surroundings, program.version() ?? ""));
    });
}
