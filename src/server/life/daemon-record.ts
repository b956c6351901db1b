import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { systemErrorCode } from "../../base/errors.ts";

/** What a running daemon tells those who look for it on the same machine. */
export interface DaemonRecord {
  readonly pid: number;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Where it listens: the path of a socket, or an address such as `http://127.0.0.1:8443`. */
  readonly socket: string;
  readonly addresses: readonly string[];
  /** Where it takes connections of paired machines. */
  readonly peers: PeerPlaces;
}

/** Ways to the listener for paired machines. */
export interface PeerPlaces {
  /** Path of its socket, for tunnels. */
  readonly socket: string;
  /** On the network, if the user wants that. */
  readonly network: readonly {
    readonly kind: "h3" | "h2";
    readonly host: string;
    readonly port: number;
  }[];
}

/** Name of the socket for paired machines, in the state folder. */
export const PEER_SOCKET = "peers.sock";

const recordPath = (stateFolder: string) => join(stateFolder, "daemon.json");

/** Tells where the daemon is. Disposing takes that back; a killed daemon leaves it behind. */
export function publishRecord(stateFolder: string, record: DaemonRecord): Disposable {
  const path = recordPath(stateFolder);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

/** The record of the daemon that was started last; undefined if there is none. It may be gone. */
export function readRecord(stateFolder: string): DaemonRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordPath(stateFolder), "utf8")) as DaemonRecord;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
