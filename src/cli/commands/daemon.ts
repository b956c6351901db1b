import type { Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr daemon start
  $ fbtr translate --daemon book.fb2
  $ fbtr daemon status --json | jq .books
  $ fbtr daemon logs --follow
`;

export function addDaemonCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const daemon = program
    .command("daemon")
    .summary("offer the same work over HTTP")
    .description(
      "Runs fbtr as a service: books that were handed in are translated one after the other, and " +
        "go on where they were after whatever has ended the daemon. It listens on a socket that " +
        "only this user can open, and on addresses of the network as the configuration says.",
    )
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addRun(daemon, terminal, surroundings, program.version() ?? "", end);
  addStart(daemon, terminal, surroundings);
  addStop(daemon, terminal, surroundings);
  addStatus(daemon, terminal, surroundings);
  addLogs(daemon, terminal, surroundings);
  addReload(daemon, terminal, surroundings);
}

function addRun(
  daemon: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  version: string,
  end: (status: number) => void,
): void {
  daemon
    .command("run")
    .summary("run the daemon in the foreground")
    .description(
      "Runs the daemon in the foreground, for service managers. SIGTERM or Ctrl-C lets it finish " +
        "what is begun and save it; a second one ends it at once. SIGHUP reads the configuration anew.",
    )
    .option(
      "--generate-certs",
      "only make a certificate that signs itself, at server.tls_cert_file and tls_key_file",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ generateCerts: isAsked }) => {
      if (isAsked) {
        const { generateCerts } = await import("../generate-certs.ts");
        await generateCerts(terminal, surroundings);
        return;
      }
      const { runInForeground } = await import("../daemon-run.ts");
      const { LAUNCHED } = await import("../daemon-start.ts");
      const isLaunched = surroundings.environment[LAUNCHED] === "1";
      end(await runInForeground(isLaunched, terminal, surroundings, version));
    });
}

function addStart(daemon: Command, terminal: Terminal, surroundings: Surroundings): void {
  daemon
    .command("start")
    .summary("start the daemon in the background")
    .description(
      "Starts the daemon in the background, and returns when it has proved that it answers.",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const { startDaemon } = await import("../daemon-start.ts");
      const record = await startDaemon(surroundings);
      const places = [record.socket, ...record.addresses].join(", ");
      await terminal.writeOut(
        `The daemon runs as process ${record.pid} and listens on ${places}\n`,
      );
    });
}

function addStop(daemon: Command, terminal: Terminal, surroundings: Surroundings): void {
  daemon
    .command("stop")
    .summary("end the daemon")
    .description(
      "Ends the daemon: what is begun is finished and saved, and goes on when it is started again.",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const { stopDaemon } = await import("../../client/daemon-stop.ts");
      await stopDaemon(await recordOf(surroundings));
      await terminal.writeOut("The daemon has ended\n");
    });
}

function addStatus(daemon: Command, terminal: Terminal, surroundings: Surroundings): void {
  daemon
    .command("status")
    .summary("tell whether the daemon runs, and what it does")
    .description("Tells whether the daemon runs, where it listens, and how many books it has.")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const record = await recordOf(surroundings);
      const { localDaemon } = await import("../../client/daemon-address.ts");
      const { DaemonClient } = await import("../../client/daemon-client.ts");
      const { daemonPage } = await import("../../report/daemon-page.ts");
      await using client = new DaemonClient(localDaemon(record));
      const stats = await client.stats();
      const told = json
        ? `${JSON.stringify({ ...record, ...stats })}\n`
        : daemonPage(record, stats);
      await terminal.writeOut(told);
    });
}

function addLogs(daemon: Command, terminal: Terminal, surroundings: Surroundings): void {
  daemon
    .command("logs")
    .summary("print what the daemon has said")
    .description("Prints what a daemon in the background has said.")
    .option("-f, --follow", "go on printing until Ctrl-C")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ follow }) => {
      const { logLines } = await import("../log-lines.ts");
      const { daemonLogPath } = await import("../daemon-start.ts");
      const path = await daemonLogPath(surroundings);
      for await (const text of logLines(path, { follow: follow ?? false })) {
        await terminal.writeOut(text);
      }
    });
}

function addReload(daemon: Command, terminal: Terminal, surroundings: Surroundings): void {
  daemon
    .command("reload")
    .summary("have the daemon read its configuration anew")
    .description(
      "Has the daemon read its configuration anew. One that is invalid is refused, and the daemon " +
        "goes on with the one that it has.",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const record = await recordOf(surroundings);
      const { localDaemon } = await import("../../client/daemon-address.ts");
      const { DaemonClient } = await import("../../client/daemon-client.ts");
      await using client = new DaemonClient(localDaemon(record));
      await client.reload();
      await terminal.writeOut("The daemon has read its configuration\n");
    });
}

/** @throws FbtrError DAEMON_ABSENT if none was started. */
async function recordOf(surroundings: Surroundings) {
  const { readRecord } = await import("../../server/life/daemon-record.ts");
  const record = readRecord(await stateFolderOf(surroundings));
  if (record) return record;
  throw new FbtrError("DAEMON_ABSENT", "no daemon runs", {
    hint: "Start one with `fbtr daemon start`.",
  });
}
