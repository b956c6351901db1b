import type { Command } from "@commander-js/extra-typings";

import { EXIT_STATUS_HELP } from "../exit.ts";
import { ACCEPT_NEW, openRun, type WorkersParts } from "./workers.ts";

const EXAMPLES = `
Examples:
  $ fbtr workers provision attic && fbtr workers pair attic
  $ fbtr workers provision attic --rollback
`;

/** Adds `fbtr workers provision` to the commands of `workers`. */
export function addProvisionCommand(workers: Command, parts: WorkersParts): void {
  const { terminal, version, end } = parts;
  workers
    .command("provision")
    .summary("install this version of fbtr on workers")
    .description(
      "Brings this very version of fbtr over SSH to workers, with all that it needs, and starts their " +
        "daemons. It goes into ~/.local/share/fbtr; the machine needs Node.js and tar, but no network. " +
        "The version before is kept, and is in use again if the new one does not start.",
    )
    .argument("<id...>", "names of workers in the configuration")
    .option("--rollback", "go back to the version before")
    .option("--accept-new", ACCEPT_NEW)
    .option("--json", "print one line of JSON for each worker")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (ids, { rollback, acceptNew, json }) => {
      const { accountOf } = await import("../exit.ts");
      const { PACKAGE_ROOT } = await import("../worker-release.ts");
      await using run = await openRun(parts, acceptNew);
      const own = rollback ? "the version before" : { root: PACKAGE_ROOT, version };
      let worst = 0;
      await run.forEach(run.named(ids), async (id) => {
        try {
          const { v: _protocol, ...installed } = await run.workers.desk.provision(id, own);
          const facts = { type: "provisioned", worker_id: id, ...installed };
          const told = `${id} has fbtr ${installed.version} now (${installed.release})\n`;
          await terminal.writeOut(json ? `${JSON.stringify(facts)}\n` : told);
        } catch (error) {
          const account = accountOf(error);
          terminal.writeError(json ? account.json : account.text);
          worst = Math.max(worst, account.status);
        }
      });
      if (worst > 0) end(worst);
    });
}
