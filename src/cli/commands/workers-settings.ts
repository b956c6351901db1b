import { InvalidArgumentError, type Command } from "@commander-js/extra-typings";

import { configOf } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";

import type { WorkersParts } from "./workers.ts";

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
/** `[user@]host[:port]`, with brackets around an IPv6 address. */
const PLACE = /^(?:([^@\s]+)@)?(\[[0-9a-fA-F:.]+\]|[^:@\s]+)(?::(\d{1,5}))?$/;

function workerId(text: string): string {
  if (ID.test(text)) return text;
  throw new InvalidArgumentError("Expected letters, digits, - and _.");
}

interface Place {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

function placeOf(text: string): Place {
  const [, user, host, port] = PLACE.exec(text) ?? [];
  if (host === undefined) throw new InvalidArgumentError("Expected [user@]host[:port].");
  return {
    user,
    host: host.replace(/^\[|\]$/g, ""),
    port: port === undefined ? undefined : Number(port),
  };
}

function capacity(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("Expected a whole number above 0.");
}

/** What changes the workers of the configuration file. */
export function addSettingsCommands(workers: Command, parts: WorkersParts): void {
  addAdd(workers, parts);
  addRemove(workers, parts);
}

function addAdd(workers: Command, { terminal, surroundings }: WorkersParts): void {
  workers
    .command("add")
    .summary("add a worker to the configuration")
    .description(
      "Adds a worker to the configuration file, or changes it, and turns distributed work on. " +
        "Nothing is asked of the machine yet.",
    )
    .argument("<id>", "name of the worker", workerId)
    .argument("<place>", "[user@]host[:port], or a host of ~/.ssh/config", placeOf)
    .option("--name <name>", "name for people")
    .option("--key <path>", "private SSH key; without it the agent and the usual keys are tried")
    .option("--capacity <number>", "requests at the same time at most", capacity)
    .option("--tag <word...>", "words to choose workers by")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, { user, host, port }, { name, key, capacity: maxCapacity, tag }) => {
      const { changeConfiguration } = await import("../worker-settings.ts");
      const values = {
        host,
        port,
        user,
        name,
        key_file: key,
        max_capacity: maxCapacity,
        tags: tag,
      };
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      const changes = given.map(([key_, value]) => [`distributed.workers.${id}.${key_}`, value]);
      const all = { ...Object.fromEntries(changes), "distributed.enabled": true };
      const path = await changeConfiguration(all, surroundings);
      await terminal.writeOut(
        `Added ${id} to ${path}. Look for it with \`fbtr workers discover ${id}\`.\n`,
      );
    });
}

function addRemove(workers: Command, { terminal, surroundings }: WorkersParts): void {
  workers
    .command("remove")
    .summary("take a worker out of the configuration")
    .description("Takes a worker out of the configuration file. A pairing is ended by `unpair`.")
    .argument("<id>", "name of the worker", workerId)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id) => {
      const { changeConfiguration } = await import("../worker-settings.ts");
      const { config } = await configOf(surroundings);
      const { [id]: removed, ...others } = config.distributed.workers;
      const { unknownWorker } = await import("../workers-run.ts");
      if (removed === undefined) throw unknownWorker(id);
      const isLast = Object.keys(others).length === 0;
      const changes = {
        [`distributed.workers.${id}`]: null,
        ...(isLast && { "distributed.enabled": false }),
      };
      const path = await changeConfiguration(changes, surroundings);
      await terminal.writeOut(`Took ${id} out of ${path}\n`);
    });
}
