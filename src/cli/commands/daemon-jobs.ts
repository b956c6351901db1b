import type { Command } from "@commander-js/extra-typings";

import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const DAEMON_OPTION = ["--daemon <url>", "the daemon to ask", "local"] as const;
const ID_HELP = "id of the book in the daemon or of its job, or how it begins";

const ACTIONS = {
  pause: ["let a book of the daemon rest", "Lets a book rest: what is begun of it is finished."],
  resume: [
    "go on with a book of the daemon",
    "Goes on with a book that rests, failed or was cancelled.",
  ],
  cancel: ["give a book of the daemon up", "Gives a book up. What was translated of it is kept."],
} as const;

/** Commands about the books that were handed to the daemon. */
export function addDaemonJobCommands(
  jobs: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  jobs
    .command("watch")
    .summary("follow a book of the daemon")
    .description(
      "Shows how a book of the daemon gets on, from its beginning, until it has ended. Ctrl-C ends " +
        "only the watching. The exit status is that of the book.",
    )
    .argument("<id>", ID_HELP)
    .option(...DAEMON_OPTION)
    .option("--json", "print events as lines of JSON on standard output")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, options) => {
      const { watchBook } = await import("../daemon-watch.ts");
      end(await watchBook(id, options, terminal, surroundings));
    });
  for (const action of ["pause", "resume", "cancel"] as const) {
    const [summary, description] = ACTIONS[action];
    jobs
      .command(action)
      .summary(summary)
      .description(description)
      .argument("<id>", ID_HELP)
      .option(...DAEMON_OPTION)
      .addHelpText("after", EXIT_STATUS_HELP)
      .action(async (id, { daemon }) => {
        const { daemonClient, findBook } = await import("../daemon-work.ts");
        await using client = await daemonClient(daemon, surroundings);
        const found = await findBook(client, id);
        const { name, status } = await client.change(found.id, action);
        await terminal.writeOut(`${name} is ${status}\n`);
      });
  }
}
