import type { Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";
import type { WorkersRun } from "../workers-run.ts";
import { addProvisionCommand } from "./workers-provision.ts";
import { addSettingsCommands } from "./workers-settings.ts";

const EXAMPLES = `
Examples:
  $ fbtr workers add attic translator@attic.local
  $ fbtr workers discover --accept-new
  $ fbtr workers pair attic
  $ fbtr workers list --json | jq -r .status
`;

export const ACCEPT_NEW = "trust the key of a host that is seen for the first time";

export interface WorkersParts {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  readonly version: string;
  readonly end: (status: number) => void;
}

/** The machines that this one gives work to. */
export function addWorkersCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const parts = { terminal, surroundings, version: program.version() ?? "", end };
  const workers = program
    .command("workers")
    .summary("translate on other machines, too")
    .description(
      "Finds machines over SSH and pairs with them: afterwards both know each other by their keys, " +
        "and books are translated on all of them. With distributed.enabled `fbtr translate` uses them.",
    )
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addDiscover(workers, parts);
  addPair(workers, parts);
  addUnpair(workers, parts);
  addList(workers, parts);
  addShow(workers, parts);
  addTest(workers, parts);
  addDrain(workers, parts);
  addRotate(workers, parts);
  addProvisionCommand(workers, parts);
  addSettingsCommands(workers, parts);
}

export async function openRun(
  { terminal, surroundings, version }: WorkersParts,
  acceptNew = false,
): Promise<WorkersRun> {
  const { WorkersRun: Run } = await import("../workers-run.ts");
  return Run.open(terminal, surroundings, version, { acceptNew });
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

function addDiscover(workers: Command, parts: WorkersParts): void {
  const { terminal, surroundings, end } = parts;
  workers
    .command("discover")
    .summary("look for workers over SSH")
    .description(
      "Asks the configured machines over SSH how they are, and says what to do about each.",
    )
    .argument("[id...]", "workers to look for; without: all that are configured")
    .option("--all", "look at the hosts of ~/.ssh/config, too")
    .option("--start", "start daemons that do not run")
    .option("--pair", "pair with those that are ready and not paired")
    .option("--accept-new", ACCEPT_NEW)
    .option("--json", "print one line of JSON for each worker")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (ids, { all, start, pair, acceptNew, json }) => {
      const { discoveryJson, discoveryLines } = await import("../worker-pages.ts");
      await using run = await openRun(parts, acceptNew);
      const { configuredHosts } = await import("../../worker/ssh/ssh-config.ts");
      const others = all ? configuredHosts(surroundings.home) : [];
      const named = [...new Set([...run.named(ids), ...others])];
      if (named.length === 0) throw nobody();
      const found = await run.discover(named, start ?? false);
      for (const one of found) {
        await terminal.writeOut(json ? line(discoveryJson(one)) : discoveryLines(one));
      }
      const ready = found.filter(({ state, isPaired }) => state === "ready" && !isPaired);
      if (pair)
        await pairEach(
          run,
          ready.map(({ id }) => id),
          parts,
          json ?? false,
        );
      if (found.every(({ state }) => state !== "ready")) {
        end(new FbtrError("WORKERS_UNAVAILABLE", "none is ready").verdict.exit);
      }
    });
}

function addPair(workers: Command, parts: WorkersParts): void {
  workers
    .command("pair")
    .summary("pair with workers")
    .description(
      "Exchanges keys with workers over SSH. From then on each end knows the other by its key; " +
        "pairing again replaces what was known.",
    )
    .argument("<id...>", "names of workers in the configuration")
    .option("--accept-new", ACCEPT_NEW)
    .option("--start", "start their daemons if they do not run")
    .option("--json", "print one line of JSON for each worker")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (ids, { acceptNew, start, json }) => {
      await using run = await openRun(parts, acceptNew);
      await pairEach(run, run.named(ids), parts, json ?? false, start);
    });
}

/** One that fails does not hold up the others; the status is that of the first failure. */
async function pairEach(
  run: WorkersRun,
  ids: readonly string[],
  { terminal, end }: WorkersParts,
  json: boolean,
  start = false,
): Promise<void> {
  const { accountOf } = await import("../exit.ts");
  const { pinOf } = await import("../../transport/pin.ts");
  let worst = 0;
  await run.forEach(ids, async (id) => {
    try {
      const worker = await run.workers.desk.pair(id, { start });
      const pin = pinOf(worker.certificates[0] ?? "");
      const ways = worker.endpoints.map(({ kind }) => kind);
      const facts = { type: "paired", worker_id: id, pin, ways, version: worker.version };
      const told = `Paired with ${id} (${ways.join(", ")}), key ${pin}\n`;
      await terminal.writeOut(json ? line(facts) : told);
    } catch (error) {
      const account = accountOf(error);
      terminal.writeError(json ? account.json : account.text);
      worst = Math.max(worst, account.status);
    }
  });
  if (worst > 0) end(worst);
}

function addUnpair(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("unpair")
    .summary("end pairings")
    .description(
      "Ends pairings on both sides: connections that are open are cut, and neither end lets the " +
        "other in any more.",
    )
    .argument("<id...>", "names of paired workers")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (ids) => {
      await using run = await openRun(parts);
      await run.forEach(ids, async (id) => {
        const failure = await run.workers.desk.unpair(id);
        const told = failure
          ? `Unpaired from ${id}, which does not know it yet: ${failure.message}\n`
          : `Unpaired from ${id}\n`;
        await terminal.writeOut(told);
      });
    });
}

function addList(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("list")
    .summary("list the workers and how they are")
    .description("Lists the workers, and asks those that are paired how they are.")
    .option("--json", "print one line of JSON for each worker")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const { workerJson, workersTable } = await import("../worker-pages.ts");
      await using run = await openRun(parts);
      const facts = await run.facts();
      const lines = facts.map((one) => line(workerJson(one)));
      await terminal.writeOut(json ? lines.join("") : workersTable(facts));
    });
}

function addShow(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("show")
    .summary("show all that is known of a worker")
    .description("Shows how a worker is reached, its engines, its key, and what is wrong with it.")
    .argument("<id>", "name of the worker")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, { json }) => {
      const { workerJson, workerPage } = await import("../worker-pages.ts");
      await using run = await openRun(parts);
      const facts = (await run.facts()).find((one) => one.id === id);
      if (facts === undefined) throw unknown(id);
      await terminal.writeOut(json ? line(workerJson(facts)) : workerPage(facts));
    });
}

function addTest(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("test")
    .summary("translate a sentence on a worker")
    .description("Connects to a worker and translates a sentence with each of its engines.")
    .argument("<id>", "name of the paired worker")
    .option("--json", "print one line of JSON for each engine")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, { json }) => {
      const { testWorker, trialLine } = await import("../worker-test.ts");
      await using run = await openRun(parts);
      for await (const trial of testWorker(run.workers, id)) {
        await terminal.writeOut(json ? line({ type: "trial", ...trial }) : trialLine(trial));
      }
    });
}

function addDrain(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("drain")
    .summary("give a worker no new work")
    .description("Gives a worker no new work; what it has begun it finishes. It stays paired.")
    .argument("<id>", "name of the paired worker")
    .option("--undo", "give it work again")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, { undo }) => {
      await using run = await openRun(parts);
      const { paired } = run.workers;
      paired.get(id);
      paired.update(id, { isDrained: !undo });
      await terminal.writeOut(undo ? `${id} gets work again\n` : `${id} gets no new work\n`);
    });
}

function addRotate(workers: Command, parts: WorkersParts): void {
  const { terminal } = parts;
  workers
    .command("rotate")
    .summary("change this machine's key")
    .description(
      "Makes a new key for this machine and tells it to all paired workers over SSH; when all know " +
        "it, it is used, and they let the old one in no longer. Run again, it goes on where it failed.",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      await using run = await openRun(parts);
      const late = await run.workers.desk.rotateKey();
      for (const [id, { message }] of late) {
        terminal.writeError(`fbtr: warning: ${id} still lets the old key in: ${message}\n`);
      }
      await terminal.writeOut("The new key is in use\n");
    });
}

function unknown(id: string): FbtrError {
  return new FbtrError("WORKER_UNKNOWN", `there is no worker ${id}`, {
    hint: "`fbtr workers list` shows the workers.",
  });
}

function nobody(): FbtrError {
  return new FbtrError("WORKERS_UNAVAILABLE", "the configuration has no workers", {
    hint: "`fbtr workers add <id> <host>` adds one; --all looks at the hosts of ~/.ssh/config.",
  });
}
