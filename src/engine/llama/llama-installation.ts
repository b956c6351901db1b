import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";

import { FbtrError, systemErrorCode } from "../../base/errors.ts";
import { replaceFile, unwritable } from "../../book/atomic-file.ts";
import { reportGrowth } from "./folder-growth.ts";
import { proveLlamaRuns, runNpmInstall } from "./llama-npm.ts";

/** The version that fbtr is tested with. The package is large, so that only those have it who ask. */
export const LLAMA_VERSION = "3.22.1";

/** Which folder counts; it is replaced in one step, so that an installation is whole or not there. */
const RECORD = z.object({
  version: z.string(),
  isCpuOnly: z.boolean(),
  /** Name of the folder beside this record. */
  folder: z.string().regex(/^[\w.-]+$/),
});

const RECORD_NAME = "installed.json";

export interface LlamaInstallation {
  readonly version: string;
  /** Without the binaries for graphics cards. */
  readonly isCpuOnly: boolean;
  /** Absolute path of the folder that npm has installed into. */
  readonly folder: string;
}

export interface LlamaInstallRequest {
  /** Folder of all installations of the package. */
  readonly folder: string;
  /** Without the binaries for graphics cards, which are most of the size. */
  readonly isCpuOnly: boolean;
  /** Installs again what is there already. */
  readonly isForced: boolean;
  /** Variables for npm, which finds its registry and proxy in them. */
  readonly environment: NodeJS.ProcessEnv;
  /** Hears how large the new folder is: 0 when there is something to do, then about each second. */
  readonly onProgress: (doneBytes: number) => void;
  readonly signal: AbortSignal;
}

type Machine = Pick<NodeJS.Process, "platform" | "arch">;

/** Folder of the installations under the user's folder of what must survive. */
export const llamaFolder = (stateFolder: string) => join(stateFolder, "llama");

/**
 * Bytes on disk, about: measured on Linux x64. The binaries for CUDA and Vulkan are most of it, and
 * only Linux and Windows on x64 have them.
 */
export function llamaSize(isCpuOnly: boolean, { platform, arch }: Machine = process): number {
  const hasGpuBinaries = arch === "x64" && platform !== "darwin";
  return isCpuOnly || !hasGpuBinaries ? 80e6 : 750e6;
}

/** The installation in `folder`; undefined if there is none, or none that can be used. */
export async function installedLlama(folder: string): Promise<LlamaInstallation | undefined> {
  const record = await readFile(join(folder, RECORD_NAME), "utf8").then(
    recordIn,
    (error: unknown) => {
      if (systemErrorCode(error) === "ENOENT") return undefined;
      throw error;
    },
  );
  if (record === undefined) return undefined;
  const { folder: name, ...installation } = record;
  return { ...installation, folder: join(folder, name) };
}

/** A damaged record counts as none: installing mends it. */
function recordIn(text: string): z.infer<typeof RECORD> | undefined {
  try {
    return RECORD.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Installs node-llama-cpp with npm into a fresh folder, proves that it runs on this machine, and
 * only then lets it take the place of the installation before. One that is there already is kept.
 *
 * @throws FbtrError ENGINE_FAILED if npm fails or the package does not run here, OUTPUT_UNWRITABLE;
 *   the reason of `signal` soon after it is aborted.
 */
export async function installLlama(
  request: LlamaInstallRequest,
): Promise<LlamaInstallation & { readonly isNew: boolean }> {
  const { folder, isCpuOnly, isForced, signal } = request;
  signal.throwIfAborted();
  const present = await installedLlama(folder);
  const isEnough = present?.version === LLAMA_VERSION && (isCpuOnly || !present.isCpuOnly);
  if (present !== undefined && isEnough && !isForced) return { ...present, isNew: false };
  const fresh = await freshFolder(folder);
  try {
    await fill(fresh, request);
  } catch (error) {
    // npm that was told to end may still be writing.
    await rm(fresh, { recursive: true, force: true, maxRetries: 5 });
    signal.throwIfAborted();
    throw error;
  }
  const name = basename(fresh);
  const record = { version: LLAMA_VERSION, isCpuOnly, folder: name };
  await replaceFile(join(folder, RECORD_NAME), (write) =>
    write(Buffer.from(JSON.stringify(record))),
  );
  await removeOthers(folder, name);
  return { ...record, folder: fresh, isNew: true };
}

async function freshFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await mkdtemp(join(folder, `${LLAMA_VERSION}-`));
  } catch (error) {
    throw unwritable(folder, error, "Make the folder writable, or set XDG_STATE_HOME.");
  }
}

async function fill(
  fresh: string,
  { isCpuOnly, environment, onProgress, signal }: LlamaInstallRequest,
): Promise<void> {
  // Without a manifest of its own npm would look for one in the folders above.
  await writeFile(join(fresh, "package.json"), JSON.stringify({ private: true }));
  const packages = [
    `node-llama-cpp@${LLAMA_VERSION}`,
    ...(isCpuOnly ? [`${cpuPackage()}@${LLAMA_VERSION}`] : []),
  ];
  onProgress(0);
  using _ = reportGrowth(fresh, onProgress);
  await runNpmInstall(packages, { folder: fresh, isCpuOnly, environment, signal });
  await proveLlamaRuns(fresh, isCpuOnly, signal);
}

/** Packages of binaries that need no graphics card, by `<platform>-<arch>` of Node. */
const CPU_PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@node-llama-cpp/linux-x64",
  "linux-arm64": "@node-llama-cpp/linux-arm64",
  "linux-arm": "@node-llama-cpp/linux-armv7l",
  "linux-riscv64": "@node-llama-cpp/linux-riscv64",
  "darwin-x64": "@node-llama-cpp/mac-x64",
  // The makers have no other for these machines.
  "darwin-arm64": "@node-llama-cpp/mac-arm64-metal",
  "win32-x64": "@node-llama-cpp/win-x64",
  "win32-arm64": "@node-llama-cpp/win-arm64",
};

function cpuPackage({ platform, arch }: Machine = process): string {
  const name = CPU_PACKAGES[`${platform}-${arch}`];
  if (name !== undefined) return name;
  throw new FbtrError("ENGINE_FAILED", `node-llama-cpp has no binary for ${platform} ${arch}`, {
    hint: "Run a llama.cpp server, and take --engine openai-compatible.",
  });
}

/** What earlier and interrupted installations have left. */
async function removeOthers(folder: string, kept: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === kept) continue;
    await rm(join(folder, entry.name), { recursive: true, force: true });
  }
}
