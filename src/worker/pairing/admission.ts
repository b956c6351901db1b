import type { Clock } from "../../base/clock.ts";
import type { Identity } from "../../transport/identity.ts";
import { pinOf } from "../../transport/pin.ts";
import type { AuditTrail } from "../audit-trail.ts";
import type { PairedRoots } from "../paired-roots.ts";
import { PROTOCOL, type PairReply, type PairRequest, type UnpairReply } from "./messages.ts";
import type { WorkerReport } from "./messages.ts";

/** What a worker needs to let a root in. */
export interface Admission {
  readonly roots: PairedRoots;
  /** Its own. */
  readonly identity: Identity;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  /** Address from which the root has come over SSH; empty if it is not known. */
  readonly from: string;
}

/**
 * Lets a root in: whoever may log in over SSH may give work. The key that the root hands over is
 * what it is known by from now on; one that it had before is worth nothing any more.
 */
export function admitRoot(
  { root, nonce }: PairRequest,
  report: WorkerReport,
  { roots, identity, audit, clock, from }: Admission,
): PairReply {
  const { id: machine, name, certificate, next } = root;
  const certificates = [certificate, ...(next === undefined ? [] : [next])];
  const pairedAt = new Date(clock.now()).toISOString();
  roots.put({ machine, name, certificates, pairedAt, from });
  const pins = certificates.map((pem) => pinOf(pem)).join(" ");
  audit.add(from === "" ? "user" : from, "root_paired", { machine, name, pins });
  const { current, next: ownNext } = identity;
  const own = [current, ...(ownNext === undefined ? [] : [ownNext])];
  return {
    ...report,
    nonce,
    worker: { machine: identity.id, certificates: own.map((pair) => pair.certificate) },
  };
}

/** Lets a root in no longer. Its open connections end when the daemon sees the change. */
export function dismissRoot(
  machine: string,
  { roots, audit, from }: Pick<Admission, "roots" | "audit" | "from">,
): UnpairReply {
  const removed = roots.remove(machine);
  audit.add(from === "" ? "user" : from, "root_unpaired", { machine, removed });
  return { v: PROTOCOL, removed };
}
