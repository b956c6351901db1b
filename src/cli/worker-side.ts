import { join } from "node:path";

import { FbtrError } from "../base/errors.ts";
import { engineStates } from "../engine/engine-states.ts";
import { PEER_SOCKET, readRecord, type DaemonRecord } from "../server/life/daemon-record.ts";
import { capabilitiesOf } from "../worker/capabilities.ts";
import { PROTOCOL, type WorkerReport } from "../worker/pairing/messages.ts";
import { configOf, providerSurroundingsOf, stateFolderOf, type Surroundings } from "./compose.ts";
import { providerSettings } from "./provider-settings.ts";

/** More is no request of a root. */
const MAX_INPUT_BYTES = 64 * 1024;

/**
 * The request of a root on standard input.
 *
 * @throws FbtrError PAIRING_FAILED if it is no JSON, or too long.
 */
export async function requestFrom(input: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > MAX_INPUT_BYTES) throw unreadable("it is too long");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (cause) {
    throw unreadable("it is no JSON", cause);
  }
}

function unreadable(reason: string, cause?: unknown): FbtrError {
  return new FbtrError("PAIRING_FAILED", `the request cannot be read: ${reason}`, {
    hint: "This command is run by another fbtr over SSH: see `fbtr workers pair`.",
    cause,
  });
}

/** How this machine is, for a root that asks. */
export async function workerReport(
  surroundings: Surroundings,
  version: string,
): Promise<WorkerReport> {
  const { clock, loadDraftEngine } = surroundings;
  const { config } = await configOf(surroundings);
  const { from, to, max_concurrent: maxConcurrent } = config.translation;
  const states = await engineStates({
    from,
    to,
    providers: providerSettings(config.translation),
    surroundings: await providerSurroundingsOf(surroundings),
    clock,
    loadDraftEngine,
  });
  const record = await runningDaemon(surroundings);
  const capabilities = capabilitiesOf(states, maxConcurrent);
  return {
    v: PROTOCOL,
    version,
    running: record !== undefined,
    endpoints: await endpointsOf(record, surroundings),
    capabilities: {
      ...capabilities,
      providers: [...capabilities.providers],
      local_llms: [...capabilities.local_llms],
    },
  };
}

/** The daemon of this user, if it answers. */
export async function runningDaemon(surroundings: Surroundings): Promise<DaemonRecord | undefined> {
  const record = readRecord(await stateFolderOf(surroundings));
  if (record === undefined) return undefined;
  const { localDaemon } = await import("../client/daemon-address.ts");
  const { DaemonClient } = await import("../client/daemon-client.ts");
  await using client = new DaemonClient(localDaemon(record));
  try {
    await client.stats();
    return record;
  } catch (error) {
    if (error instanceof FbtrError && error.code === "DAEMON_ABSENT") return undefined;
    throw error;
  }
}

/** The socket is where it is whether the daemon runs or not. */
async function endpointsOf(
  record: DaemonRecord | undefined,
  surroundings: Surroundings,
): Promise<WorkerReport["endpoints"]> {
  const stateFolder = await stateFolderOf(surroundings);
  const socket = record?.peers.socket ?? join(stateFolder, PEER_SOCKET);
  return [...(record?.peers.network ?? []), { kind: "tunnel", socket }];
}
