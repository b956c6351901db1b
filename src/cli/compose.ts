import { homedir } from "node:os";

import { systemClock, type Clock } from "../base/clock.ts";
import type { DraftEngine, DraftExplainer } from "../draft/engine.ts";
import type { JobServices } from "../job/pipeline.ts";
import type { Interruption, SignalSource } from "./interruption.ts";

/** What a command line finds around it, beside its terminal: the machine's, or a test's. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  readonly clock: Clock;
  readonly signals: SignalSource;
  readonly loadDraftEngine: () => Promise<DraftEngine>;
  readonly loadDraftExplainer: () => Promise<DraftExplainer>;
}

/** The real ones. What is heavy is loaded only when it is asked for. */
export function machineSurroundings(): Surroundings {
  const loadDraftEngine = async () => {
    const { createDraftEngine } = await import("../draft/create-engine.ts");
    return createDraftEngine();
  };
  return {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    clock: systemClock,
    signals: process,
    loadDraftEngine,
    loadDraftExplainer: loadDraftEngine,
  };
}

/** The user's folder of jobs. */
export async function stateFolderOf(surroundings: Surroundings): Promise<string> {
  const { userFolders } = await import("../config/folders.ts");
  const { environment, platform, home } = surroundings;
  return userFolders(environment, platform, home).state;
}

/** What a job needs, put together for one run. */
export async function jobServicesOf(
  { environment, platform, home, clock, loadDraftEngine }: Surroundings,
  { limits, providers, money }: Pick<JobServices, "limits" | "providers" | "money">,
  { drain, stop }: Interruption,
  version: string,
): Promise<JobServices> {
  const { EventBus } = await import("../base/events.ts");
  const { userFolders } = await import("../config/folders.ts");
  const { state, cache } = userFolders(environment, platform, home);
  return {
    loadDraftEngine,
    providers,
    money,
    stateFolder: state,
    cacheFolder: cache,
    limits,
    events: new EventBus(clock),
    clock,
    drain,
    stop,
    version,
  };
}
