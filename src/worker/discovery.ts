import { FbtrError } from "../base/errors.ts";
import type { PairedWorkers } from "./paired-workers.ts";
import type { WorkerReport } from "./pairing/messages.ts";
import { askWorker, startWorker } from "./pairing/pairing.ts";
import type { WorkerShell } from "./pairing/worker-shell.ts";

/** How a machine was found. */
export type FoundState =
  /** fbtr runs there. */
  | "ready"
  /** fbtr is there, and its daemon does not run. */
  | "daemon down"
  | "no fbtr"
  | "login refused"
  /** Nobody has said yet that its host key is the right one. */
  | "host unknown"
  | "host changed"
  | "no ssh"
  | "unusable";

/** What was found of a worker, and what to do about it. */
export interface Discovery {
  readonly id: string;
  readonly host: string;
  readonly state: FoundState;
  readonly isPaired: boolean;
  /** What it says of itself, if it says anything. */
  readonly report: WorkerReport | undefined;
  /** What is wrong, one line; undefined if nothing is. */
  readonly problem: string | undefined;
  /** What to do next, one line; undefined if there is nothing to do. */
  readonly advice: string | undefined;
}

export interface DiscoveryWishes {
  /** Starts a daemon that does not run. */
  readonly start: boolean;
  /** Version of fbtr here, to be compared. */
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a machine over SSH how it is. Never throws for what is wrong with the machine. */
export async function discover(
  id: string,
  host: string,
  openShell: () => Promise<WorkerShell>,
  paired: PairedWorkers,
  { start, version, signal }: DiscoveryWishes,
): Promise<Discovery> {
  const isPaired = paired.find(id) !== undefined;
  const found = { id, host, isPaired };
  try {
    const shell = await openShell();
    const asked = await askWorker(shell, signal);
    const report = start && !asked.running ? await startWorker(shell, signal) : asked;
    return { ...found, report, ...stateOf(id, report, isPaired, version) };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof FbtrError)) throw error;
    const { message: problem, hint: advice } = error;
    return { ...found, state: troubleOf(error), report: undefined, problem, advice };
  }
}

function stateOf(
  id: string,
  { running, version: theirs }: WorkerReport,
  isPaired: boolean,
  ours: string,
): Pick<Discovery, "state" | "problem" | "advice"> {
  if (!running) {
    const advice = `Start it with \`fbtr workers discover ${id} --start\`.`;
    return { state: "daemon down", problem: "its daemon does not run", advice };
  }
  if (theirs !== ours) {
    const problem = `it has fbtr ${theirs}, this machine has ${ours}`;
    const advice = `Bring it up to date with \`fbtr workers provision ${id}\`.`;
    return { state: "ready", problem, advice };
  }
  const advice = isPaired ? undefined : `Pair with \`fbtr workers pair ${id}\`.`;
  return { state: "ready", problem: undefined, advice };
}

function troubleOf({ code }: FbtrError): FoundState {
  switch (code) {
    case "SSH_UNREACHABLE":
    case "SSH_LOST":
      return "no ssh";
    case "SSH_HOST_UNKNOWN":
      return "host unknown";
    case "SSH_HOST_CHANGED":
    case "SSH_HOST_REVOKED":
      return "host changed";
    case "SSH_AUTH_FAILED":
    case "SSH_KEY_UNUSABLE":
      return "login refused";
    case "WORKER_UNFIT":
      return "no fbtr";
    default:
      return "unusable";
  }
}
