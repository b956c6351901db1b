import type { Clock } from "../../base/clock.ts";
import type { EventBus } from "../../base/events.ts";
import type { Config } from "../../config/fields/all.ts";
import { knownIdentity, loadIdentity } from "../../transport/identity.ts";
import type { AuditTrail } from "../audit-trail.ts";
import type { Quic } from "../../transport/http3/quic.ts";
import { openQuic } from "../../transport/http3/quic-trial.ts";
import { PairedWorkers } from "../paired-workers.ts";
import { createSshPool } from "../ssh/create-pool.ts";
import type { SshPrompts } from "../ssh/ssh-client.ts";
import { WorkerDesk } from "../worker-desk.ts";
import { FleetEngines } from "./fleet-engines.ts";
import { RemoteWorker } from "./remote-worker.ts";
import { linkTo } from "./worker-link.ts";
import { WorkerFleet } from "./worker-fleet.ts";

export interface FleetSurroundings {
  readonly stateFolder: string;
  readonly distributed: () => Config["distributed"];
  readonly events: EventBus;
  readonly clock: Clock;
  readonly environment: NodeJS.ProcessEnv;
  /** What the user can be asked where a worker is reached through SSH. */
  readonly prompts: SshPrompts;
  readonly audit: AuditTrail;
  /** Version of fbtr here. */
  readonly version: string;
}

/** The workers of a run, or of a daemon. Disposing ends the connections to them. */
export interface OpenFleet extends AsyncDisposable {
  readonly fleet: WorkerFleet;
  readonly desk: WorkerDesk;
  readonly paired: PairedWorkers;
  readonly engines: FleetEngines;
  /** Finds the workers, unless that was done; afterwards they are watched. */
  prepare(signal: AbortSignal): Promise<void>;
}

const MS = 1000;

/** Puts the fleet of the configuration together. No worker is asked before an engine is chosen. */
export async function openFleet(surroundings: FleetSurroundings): Promise<OpenFleet> {
  const { stateFolder, distributed, events, clock, environment, prompts } = surroundings;
  const identity = await loadIdentity(stateFolder, clock);
  const paired = new PairedWorkers(stateFolder);
  const ssh = createSshPool(distributed(), { prompts, clock });
  const { audit, version } = surroundings;
  const deskParts = { distributed, stateFolder, environment, clock, ssh, paired, audit };
  const desk = new WorkerDesk({ ...deskParts, events, version });
  let quic: Promise<Quic | undefined> | undefined;
  const linkParts = {
    identity: () => knownIdentity(stateFolder) ?? identity,
    ssh,
    quic: () => (quic ??= openQuic()),
    targetOf: (id: string) => desk.target(id),
    onConnected: (id: string, transport: "h3" | "h2" | "tunnel") =>
      paired.update(id, { transport }),
  };
  const fleet = new WorkerFleet({
    paired: () => paired.all(),
    settings: () => distributed().workers,
    open: (worker) => new RemoteWorker(worker, linkTo(worker, linkParts)),
    events,
    limits: () => {
      const { max_remote_instances, health_check_interval, fallback } = distributed();
      return {
        maxInstances: max_remote_instances,
        healthIntervalMs: health_check_interval * MS,
        healthTimeoutMs: fallback.health_timeout * MS,
      };
    },
  });
  const prepare = once(async (signal: AbortSignal) => {
    if (distributed().enabled) await desk.pairMissing(signal);
    await fleet.look(signal);
    fleet.watch();
  });
  return {
    fleet,
    desk,
    paired,
    engines: new FleetEngines(fleet, events, prepare),
    prepare,
    [Symbol.asyncDispose]: async () => {
      await fleet[Symbol.asyncDispose]();
      await ssh.close();
    },
  };
}

/** The work is done once, whoever asks first; if it fails, the next one tries again. */
function once(work: (signal: AbortSignal) => Promise<void>) {
  let begun: Promise<void> | undefined;
  return async (signal: AbortSignal): Promise<void> => {
    begun ??= work(signal).catch((error: unknown) => {
      begun = undefined;
      throw error;
    });
    await begun;
  };
}
