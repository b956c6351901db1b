import { randomBytes } from "node:crypto";

import type { Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import type { Identity } from "../../transport/identity.ts";
import { pinOf } from "../../transport/pin.ts";
import type { AuditTrail } from "../audit-trail.ts";
import type { PairedWorker, PairedWorkers, WorkerEndpoint } from "../paired-workers.ts";
import {
  PROTOCOL,
  pairReplyOf,
  unpairReplyOf,
  workerReportOf,
  type PairReply,
  type WorkerReport,
} from "./messages.ts";
import type { WorkerShell } from "./worker-shell.ts";

/** What a root needs to pair. */
export interface PairingParts {
  readonly identity: Identity;
  /** What the root is called, for people at the worker. */
  readonly rootName: string;
  readonly paired: PairedWorkers;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** How a machine is: asked over SSH, whether it is paired or not. */
export async function askWorker(shell: WorkerShell, signal?: AbortSignal): Promise<WorkerReport> {
  return workerReportOf(await shell.ask("status", {}, signal));
}

/** Starts the daemon there, if it does not run. Idempotent. */
export async function startWorker(shell: WorkerShell, signal?: AbortSignal): Promise<WorkerReport> {
  return workerReportOf(await shell.ask("start", {}, signal));
}

/**
 * Pairs with a machine: the one channel that is trusted already, SSH, carries the certificates of
 * both, and from then on each knows the other by its key. Pairing again replaces what was known.
 *
 * @param id name of the worker in the configuration.
 * @throws FbtrError SSH_*, WORKER_UNFIT, PAIRING_FAILED.
 */
export async function pairWith(
  id: string,
  shell: WorkerShell,
  { identity, rootName, paired, audit, clock }: PairingParts,
  signal?: AbortSignal,
): Promise<PairedWorker> {
  const nonce = randomBytes(24).toString("base64url");
  const { current, next } = identity;
  const certificates = {
    certificate: current.certificate,
    ...(next && { next: next.certificate }),
  };
  const root = { id: identity.id, name: rootName, ...certificates };
  const request = { v: PROTOCOL, root, nonce, now: clock.now() };
  const reply = pairReplyOf(await shell.ask("pair", request, signal));
  if (reply.nonce !== nonce) throw stale(id);
  const known = paired.find(id);
  const worker: PairedWorker = {
    id,
    machine: reply.worker.machine,
    certificates: reply.worker.certificates,
    endpoints: endpointsOf(reply, shell.host),
    version: reply.version,
    capabilities: reply.capabilities,
    pairedAt: new Date(clock.now()).toISOString(),
    isDrained: known?.isDrained ?? false,
  };
  paired.put(worker);
  const pins = worker.certificates.map((pem) => pinOf(pem)).join(" ");
  audit.add("user", "worker_paired", { worker: id, machine: worker.machine, pins });
  return worker;
}

/**
 * Ends a pairing on both sides. The worker is told over SSH; if it cannot be reached, it is forgotten
 * here all the same, and told so.
 *
 * @returns why the worker was not told; undefined if it was.
 * @throws FbtrError WORKER_UNKNOWN.
 */
export async function unpairFrom(
  id: string,
  shell: WorkerShell | undefined,
  { identity, paired, audit }: PairingParts,
  signal?: AbortSignal,
): Promise<FbtrError | undefined> {
  const { machine } = paired.get(id);
  paired.remove(id);
  const failure = await tellUnpaired(shell, identity.id, signal);
  audit.add("user", "worker_unpaired", { worker: id, machine, told: failure === undefined });
  return failure;
}

async function tellUnpaired(
  shell: WorkerShell | undefined,
  machine: string,
  signal: AbortSignal | undefined,
): Promise<FbtrError | undefined> {
  if (shell === undefined) {
    return new FbtrError("WORKER_UNKNOWN", "the configuration does not say how to reach it");
  }
  try {
    unpairReplyOf(await shell.ask("unpair", { v: PROTOCOL, machine }, signal));
    return undefined;
  } catch (error) {
    if (error instanceof FbtrError) return error;
    throw error;
  }
}

/** A worker that listens everywhere is where SSH has found it. */
function endpointsOf({ endpoints }: PairReply, host: string): readonly WorkerEndpoint[] {
  const order = ["h3", "h2", "tunnel"];
  const isEverywhere = (address: string) => address === "0.0.0.0" || address === "::";
  return endpoints
    .map((endpoint): WorkerEndpoint => {
      if (endpoint.kind === "tunnel" || !isEverywhere(endpoint.host)) return endpoint;
      return { ...endpoint, host };
    })
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function stale(id: string): FbtrError {
  return new FbtrError("PAIRING_FAILED", `the answer of ${id} belongs to another request`, {
    hint: "Try again. If it happens again, do not trust the machine.",
  });
}
