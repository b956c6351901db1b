import type { Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr worker authorize "$(cat root.pub)"
  $ fbtr worker status
`;

interface Parts {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  readonly version: string;
  readonly end: (status: number) => void;
}

/** What a machine does that works for others. Most of it is asked for over SSH. */
export function addWorkerCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const parts = { terminal, surroundings, version: program.version() ?? "", end };
  const worker = program
    .command("worker")
    .summary("work for another machine")
    .description(
      "Lets another machine, the root, give work to the daemon of this one. The root runs these " +
        "commands over SSH: what is needed here is a login for it, and fbtr.",
    )
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addAsked(worker, parts, "pair", "let a root in (run by the root)", pair);
  addAsked(worker, parts, "unpair", "let a root in no longer (run by the root)", unpair);
  addAsked(worker, parts, "status", "tell a root how this machine is (run by the root)", status);
  addAsked(worker, parts, "start", "start the daemon if it does not run (run by the root)", start);
  addAsked(worker, parts, "activate", "use this version from now on (run by the root)", activate);
  addAsked(worker, parts, "rollback", "use the version before again (run by the root)", rollback);
  addAuthorize(worker, parts);
  addServe(worker, parts);
}

type Answerer = (parts: Parts) => Promise<unknown>;

/** A command whose answer, or error, is one line that the root finds among others. */
function addAsked(
  worker: Command,
  parts: Parts,
  name: string,
  summary: string,
  answer: Answerer,
): void {
  worker
    .command(name)
    .summary(summary)
    .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}. Reads and prints JSON.`)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(() => tell(parts, answer));
}

async function tell({ terminal, end, ...rest }: Parts, answer: Answerer): Promise<void> {
  const { framed } = await import("../../worker/pairing/frame.ts");
  const { refusalOf } = await import("../../worker/pairing/messages.ts");
  try {
    await terminal.writeOut(framed(await answer({ terminal, end, ...rest })));
  } catch (error) {
    if (!(error instanceof FbtrError)) throw error;
    await terminal.writeOut(framed(refusalOf(error)));
    end(error.verdict.exit);
  }
}

async function status({ surroundings, version }: Parts): Promise<unknown> {
  const { workerReport } = await import("../worker-side.ts");
  return workerReport(surroundings, version);
}

async function start({ surroundings, version }: Parts): Promise<unknown> {
  const { workerReport } = await import("../worker-side.ts");
  const before = await workerReport(surroundings, version);
  if (before.running) return before;
  const { startDaemon } = await import("../daemon-start.ts");
  await startDaemon(surroundings);
  return workerReport(surroundings, version);
}

async function pair(parts: Parts): Promise<unknown> {
  const { terminal, surroundings, version } = parts;
  const { requestFrom, workerReport } = await import("../worker-side.ts");
  const { pairRequestOf } = await import("../../worker/pairing/messages.ts");
  const { admitRoot } = await import("../../worker/pairing/admission.ts");
  const { loadIdentity } = await import("../../transport/identity.ts");
  const request = pairRequestOf(await requestFrom(terminal.stdin));
  const identity = await loadIdentity(await stateFolderOf(surroundings), surroundings.clock);
  const report = await workerReport(surroundings, version);
  return admitRoot(request, report, { ...(await admission(surroundings)), identity });
}

async function unpair({ terminal, surroundings }: Parts): Promise<unknown> {
  const { requestFrom } = await import("../worker-side.ts");
  const { unpairRequestOf } = await import("../../worker/pairing/messages.ts");
  const { dismissRoot } = await import("../../worker/pairing/admission.ts");
  const { machine } = unpairRequestOf(await requestFrom(terminal.stdin));
  return dismissRoot(machine, await admission(surroundings));
}

async function activate({ surroundings }: Parts): Promise<unknown> {
  const { activateRelease } = await import("../worker-release.ts");
  return activateRelease(surroundings);
}

async function rollback({ surroundings }: Parts): Promise<unknown> {
  const { rollBackRelease } = await import("../worker-release.ts");
  return rollBackRelease(surroundings);
}

async function admission(surroundings: Surroundings) {
  const { PairedRoots } = await import("../../worker/paired-roots.ts");
  const { AuditLog } = await import("../../server/access/audit-log.ts");
  const { clock, environment } = surroundings;
  const stateFolder = await stateFolderOf(surroundings);
  const from = environment["SSH_CONNECTION"]?.split(" ")[0] ?? "";
  const audit = new AuditLog(stateFolder, clock);
  return { roots: new PairedRoots(stateFolder), audit, clock, from };
}

function addAuthorize(worker: Command, { terminal, surroundings }: Parts): void {
  worker
    .command("authorize")
    .summary("let an SSH key run these commands, and nothing else")
    .description(
      "Adds a public key to ~/.ssh/authorized_keys that may only pair this machine, ask how it is " +
        "and start its daemon. Other keys stay as they are. Idempotent.",
    )
    .argument("<key>", "a public key, as it stands in a file that ends in .pub")
    .option(
      "--tunnel",
      "let it also reach the daemon's socket for paired machines, where no port can be reached",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (key, { tunnel }) => {
      const { authorizeKey } = await import("../authorize-key.ts");
      const path = await authorizeKey(key, tunnel ?? false, surroundings);
      await terminal.writeOut(`The key may pair with this machine now (${path})\n`);
    });
}

function addServe(worker: Command, parts: Parts): void {
  const { terminal, surroundings, version } = parts;
  const answers = { pair, unpair, status, start };
  worker
    .command("ssh-serve")
    .summary("run what a limited key asks for (run by sshd)")
    .description("Runs the worker's command that SSH_ORIGINAL_COMMAND asks for, and no other.")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const { servedCommand } = await import("../../worker/pairing/authorized-keys.ts");
      const wish = servedCommand(surroundings.environment["SSH_ORIGINAL_COMMAND"]);
      await tell({ terminal, surroundings, version, end: parts.end }, answers[wish]);
    });
}
