import { availableParallelism, totalmem } from "node:os";

import type { EngineState } from "../engine/engine-states.ts";
import type { WorkerCapabilities } from "./paired-workers.ts";

/** Engines whose models run on the machine itself. */
const LOCAL_PRIORITY = 1;

/**
 * What this machine can do for others.
 *
 * @param maxConcurrent `translation.max_concurrent`.
 */
export function capabilitiesOf(
  engines: readonly EngineState[],
  maxConcurrent: number,
): WorkerCapabilities {
  const ready = engines.filter(({ ready: isReady }) => isReady);
  const local = ready.filter(({ priority }) => priority === LOCAL_PRIORITY);
  return {
    providers: ready.map(({ name }) => name),
    max_concurrent: maxConcurrent,
    supports_batch: true,
    supports_websocket: true,
    local_llms: local.flatMap(({ model }) => (model === undefined ? [] : [model])),
    hardware: { cpus: availableParallelism(), memory_bytes: totalmem() },
  };
}
