import type { Command } from "@commander-js/extra-typings";

import type { MemoryStats } from "../../job/memory-file.ts";
import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr cache stats
  $ fbtr cache clear
`;

export function addCacheCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
): void {
  const cache = program
    .command("cache")
    .summary("see and clear the translation memory")
    .description(
      "The translation memory keeps what language models have answered, so that the same text is " +
        "not paid for twice. Drafts are not kept: they are made anew in no time.",
    );
  cache
    .command("stats")
    .summary("tell what is remembered")
    .description("Tells how many translations are remembered, since when, and where.")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const { memoryStats } = await import("../../job/memory-file.ts");
      const stats = memoryStats(await cacheFolderOf(surroundings));
      await terminal.writeOut(json ? `${JSON.stringify(stats)}\n` : pageOf(stats));
    });
  cache
    .command("clear")
    .summary("forget everything that is remembered")
    .description("Removes the translation memory. Jobs keep their translations.")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async () => {
      const { clearMemory } = await import("../../job/memory-file.ts");
      clearMemory(await cacheFolderOf(surroundings));
    });
}

async function cacheFolderOf({ environment, platform, home }: Surroundings): Promise<string> {
  const { userFolders } = await import("../../config/folders.ts");
  return userFolders(environment, platform, home).cache;
}

function pageOf({ path, translations, bytes, oldest, newest }: MemoryStats): string {
  const lines = [
    ["Remembered", `${translations.toLocaleString("en")} translations`],
    ["Size", `${bytes.toLocaleString("en")} bytes`],
    ...(oldest === undefined ? [] : [["From", `${oldest} to ${newest}`]]),
    ["File", path],
  ];
  return lines.map(([name = "", value]) => `${name.padEnd(12)}${value}\n`).join("");
}
