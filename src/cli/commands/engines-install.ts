import { Argument, type Command } from "@commander-js/extra-typings";

import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr engines install llama
  $ fbtr engines install llama --cpu-only
  $ fbtr engines install llama --json | jq -r 'select(.type == "installed") | .folder'
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
    .option("--json", "print progress and result as lines of JSON")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (_, { cpuOnly = false, force = false, json = false }) => {
      const wishes = { isCpuOnly: cpuOnly, isForced: force, json };
      const status = await install(wishes, terminal, surroundings);
      if (status !== undefined) end(status);
    });
}

/** @returns the exit status, if a signal has ended it. */
async function install(
  { isCpuOnly, isForced, json }: InstallWishes,
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<number | undefined> {
  const { installLlama, LLAMA_VERSION, llamaFolder, llamaSize } =
    await import("../../engine/llama/llama-installation.ts");
  const folder = llamaFolder(await stateFolderOf(surroundings));
  const { signals, clock, environment } = surroundings;
  using interruption = new Interruption(signals, clock, () => terminal.writeError("Stopping.\n"));
  const totalBytes = llamaSize(isCpuOnly);
  const tell = (news: object, line: string) =>
    json ? terminal.writeOut(`${JSON.stringify(news)}\n`) : terminal.writeError(`${line}\n`);
  const about = `node-llama-cpp ${LLAMA_VERSION}, about ${megabytes(totalBytes)}, into ${folder}`;
  await tell({ type: "installing", version: LLAMA_VERSION, folder, totalBytes }, about);
  let shown = "";
  const onProgress = (doneBytes: number) => {
    const line = `${megabytes(doneBytes)} of about ${megabytes(totalBytes)}`;
    if (line !== shown) void tell({ type: "progress", doneBytes, totalBytes }, line);
    shown = line;
  };
  try {
    // Nothing can be saved half: the first Ctrl-C stops.
    const signal = interruption.drain;
    const request = { folder, isCpuOnly, isForced, environment, onProgress, signal };
    const installed = await installLlama(request);
    const { isNew } = installed;
    const end = `llama is ${isNew ? "installed" : "there already"} (${installed.folder})\n`;
    const result = { type: "installed", engine: "llama", ...installed };
    await terminal.writeOut(json ? `${JSON.stringify(result)}\n` : end);
    return undefined;
  } catch (error) {
    if (error !== interruption.drain.reason) throw error;
    return interruption.status;
  }
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
