import { Argument, type Command } from "@commander-js/extra-typings";

import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import { newsTeller } from "../news-teller.ts";
import { untilStopped } from "../stoppable.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr engines install llama
  $ fbtr engines install llama --cpu-only
  $ fbtr engines install llama --json | jq -r .folder
`;

const DESCRIPTION =
  "Installs node-llama-cpp, which runs language models inside fbtr, with npm into fbtr's own folder. " +
  "It is about 750 MB on machines whose graphics card it may use, 80 MB with --cpu-only. What is there " +
  "already is kept; an installation that fails or is stopped leaves the one before as it was. No " +
  "script of the packages is run.";

interface InstallWishes {
  readonly isCpuOnly: boolean;
  readonly isForced: boolean;
  readonly json: boolean;
}

/** Adds `fbtr engines install` to the commands of `engines`. */
export function addEnginesInstallCommand(
  engines: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  engines
    .command("install")
    .summary("install an engine that does not come with fbtr")
    .description(DESCRIPTION)
    .addArgument(new Argument("<name>", "engine to install").choices(["llama"] as const))
    .option("--cpu-only", "leave out what graphics cards need")
    .option("--force", "install again what is there already")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (_, { cpuOnly = false, force = false, json = false }) => {
      const wishes = { isCpuOnly: cpuOnly, isForced: force, json };
      const status = await untilStopped(terminal, surroundings, (signal) =>
        install(wishes, terminal, surroundings, signal),
      );
      end(status);
    });
}

async function install(
  { isCpuOnly, isForced, json }: InstallWishes,
  terminal: Terminal,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  const { installLlama, LLAMA_VERSION, llamaFolder, llamaSize } =
    await import("../../engine/llama/llama-installation.ts");
  const folder = llamaFolder(await stateFolderOf(surroundings));
  const { environment } = surroundings;
  const total = `about ${megabytes(llamaSize(isCpuOnly))}`;
  const tell = newsTeller(terminal);
  const onProgress = (doneBytes: number) => {
    const begin = `node-llama-cpp ${LLAMA_VERSION}, ${total}, into ${folder}`;
    tell(doneBytes === 0 ? begin : `${megabytes(doneBytes)} of ${total}`);
  };
  const request = { folder, isCpuOnly, isForced, environment, onProgress, signal };
  const installed = await installLlama(request);
  const state = installed.isNew ? "installed" : "there already";
  await terminal.writeOut(
    json ? `${JSON.stringify(installed)}\n` : `llama is ${state} (${installed.folder})\n`,
  );
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
