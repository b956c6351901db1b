import { homedir } from "node:os";

import { systemClock, type Clock } from "../base/clock.ts";
import type { ConfigRequest, LoadedConfig } from "../config/load.ts";
import type { DraftEngine, DraftExplainer } from "../draft/engine.ts";
import { OLLAMA_URL } from "../engine/providers/ollama-address.ts";
import type { ProviderSurroundings } from "../engine/providers/provider.ts";
import type { JobServices } from "../job/pipeline.ts";
import type { Interruption, SignalSource } from "./interruption.ts";

/** What a command line finds around it, beside its terminal: the machine's, or a test's. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  /** Where an Ollama is looked for that nobody has configured. */
  readonly ollamaUrl: string;
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
    ollamaUrl: OLLAMA_URL,
    clock: systemClock,
    signals: process,
    loadDraftEngine,
    loadDraftExplainer: loadDraftEngine,
  };
}

/**
 * The configuration in effect.
 *
 * @throws FbtrError CONFIG_INVALID.
 */
export async function configOf(
  { environment, platform, home }: Surroundings,
  { path, flags = [] }: Pick<ConfigRequest, "path" | "flags"> = {},
): Promise<LoadedConfig> {
  const { loadConfig } = await import("../config/load.ts");
  const { userFolders } = await import("../config/folders.ts");
  const folders = userFolders(environment, platform, home);
  return loadConfig({ environment, cwd: process.cwd(), folders, path, flags });
}

/** The user's folder of what must survive: jobs, installed engines, models. */
export async function stateFolderOf(surroundings: Surroundings): Promise<string> {
  const { userFolders } = await import("../config/folders.ts");
  const { environment, platform, home } = surroundings;
  return userFolders(environment, platform, home).state;
}

/** What engines find on this machine. */
export async function providerSurroundingsOf(
  surroundings: Surroundings,
): Promise<ProviderSurroundings> {
  const { home, ollamaUrl } = surroundings;
  return { home, ollamaUrl, stateFolder: await stateFolderOf(surroundings) };
}

/** What a job needs, put together for one run. */
export async function jobServicesOf(
  surroundings: Surroundings,
  { limits, providers, money }: Pick<JobServices, "limits" | "providers" | "money">,
  { drain, stop }: Interruption,
  version: string,
): Promise<JobServices> {
  const { EventBus } = await import("../base/events.ts");
  const { userFolders } = await import("../config/folders.ts");
  const { environment, platform, home, clock, loadDraftEngine } = surroundings;
  const { state, cache } = userFolders(environment, platform, home);
  return {
    loadDraftEngine,
    providers,
    surroundings: await providerSurroundingsOf(surroundings),
    money,
    stateFolder: state,
    cacheFolder: cache,
    limits,
    claims: new Set(),
    events: new EventBus(clock),
    clock,
    drain,
    stop,
    version,
  };
}
