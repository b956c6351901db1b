import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import { oneLine } from "../../base/one-line.ts";

const run = promisify(execFile);

/** What npm says is kept for its errors only. */
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

export interface NpmInstall {
  /** Has a package.json of its own. */
  readonly folder: string;
  readonly isCpuOnly: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Installs packages without running their scripts: those of node-llama-cpp would download and
 * compile llama.cpp on a machine that no binary fits.
 *
 * @param packages with exact versions.
 * @throws FbtrError ENGINE_FAILED; an AbortError if `signal` is aborted.
 */
export async function runNpmInstall(
  packages: readonly string[],
  { folder, isCpuOnly, environment, signal }: NpmInstall,
): Promise<void> {
  const args = [
    "install",
    "--prefix=.",
    "--global=false",
    "--ignore-scripts",
    "--save-exact",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    isCpuOnly ? "--omit=optional" : "--include=optional",
    ...packages,
  ];
  const isWindows = process.platform === "win32";
  const options = {
    cwd: folder,
    env: environment,
    signal,
    maxBuffer: MAX_OUTPUT_BYTES,
    // npm is a batch file there, which only a shell starts; no argument needs quoting.
    shell: isWindows,
  };
  await run("npm", args, options).catch((error: unknown) => {
    signal.throwIfAborted();
    throw npmFailed(error);
  });
}

function npmFailed(error: unknown): FbtrError {
  if (systemErrorCode(error) === "ENOENT") {
    return new FbtrError("ENGINE_FAILED", "npm is not there to install node-llama-cpp", {
      cause: error,
      hint: "Install npm, which comes with Node, and run the command again.",
    });
  }
  // The lines after the code may quote addresses and paths of the user's configuration.
  const code = /^npm error code (\S+)/m.exec(stderrOf(error))?.[1] ?? "no code";
  const hint =
    code === "ENOSPC"
      ? "The disk is full: free some space, or set XDG_STATE_HOME to a folder elsewhere."
      : "Check with `npm ping` that npm reaches its registry, and run the command again.";
  const message = `npm cannot install node-llama-cpp (${oneLine(code)})`;
  return new FbtrError("ENGINE_FAILED", message, { hint });
}

/**
 * Loads the package in a process of its own: a binary that does not fit the machine may end it.
 *
 * @throws FbtrError ENGINE_FAILED if it does not run; an AbortError if `signal` is aborted.
 */
export async function proveLlamaRuns(
  folder: string,
  isCpuOnly: boolean,
  signal: AbortSignal,
): Promise<void> {
  // A file: the package starts its own tests with the options of this process, such as `--eval`.
  const program = join(folder, "prove.mjs");
  await writeFile(program, proofProgram(isCpuOnly ? "false" : '"auto"'));
  await run(process.execPath, [program], { cwd: folder, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new FbtrError("ENGINE_FAILED", "llama.cpp does not run on this machine", {
      cause: error,
      hint: "Run a llama.cpp server, and take --engine openai-compatible.",
    });
  });
}

const proofProgram = (gpu: string) => `import { getLlama } from "node-llama-cpp";
const llama = await getLlama({ build: "never", gpu: ${gpu}, logLevel: "error" });
await llama.dispose();
`;

function stderrOf(error: unknown): string {
  const { stderr } = error as { readonly stderr?: unknown };
  return typeof stderr === "string" ? stderr : "";
}
