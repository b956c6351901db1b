import { watch } from "node:fs";
import { basename, join } from "node:path";

import type { Config } from "../../config/fields/all.ts";
import type { Identity } from "../../transport/identity.ts";
import type { PeerGate, PeerHandler, PeerListener } from "../../transport/peer.ts";
import { pinOf } from "../../transport/pin.ts";
import { ROOTS_FILE, type PairedRoots } from "../../worker/paired-roots.ts";
import type { AuditLog } from "../access/audit-log.ts";
import type { HttpLimits } from "../http/limits.ts";
import type { Answering } from "../http/listeners.ts";
import { PEER_SOCKET, type PeerPlaces } from "../life/daemon-record.ts";
import { listenHttp2 } from "./http2-peer-listener.ts";

export interface PeerDoorParts {
  readonly stateFolder: string;
  readonly identity: Identity;
  readonly roots: PairedRoots;
  readonly audit: AuditLog;
  readonly server: Config["server"];
  readonly fetch: Answering["fetch"];
  readonly limits: HttpLimits;
  readonly onFault: (error: unknown) => void;
}

/** Where paired machines come in. Disposing ends their connections. */
export interface PeerDoor extends AsyncDisposable {
  readonly places: PeerPlaces;
}

/**
 * Lets paired machines in: through a socket that SSH leads to, and on the network where the user
 * wants that. A machine that is unpaired is cut at once.
 *
 * @throws FbtrError CONFIG_INVALID where an address cannot be had.
 */
export async function openPeerDoor(parts: PeerDoorParts): Promise<PeerDoor> {
  const { stateFolder, identity, roots, audit, server, fetch, limits, onFault } = parts;
  const gate: PeerGate = {
    admitted: () => roots.all().flatMap(({ certificates }) => certificates),
    refused: (pin, address) => audit.add(address || "socket", "peer_refused", { pin: pin ?? "" }),
  };
  const handler: PeerHandler = (request, { pin, address }) => {
    const root = roots.withPin(pin);
    // Unpaired since it has connected: the connection is about to be cut.
    if (root === undefined) return new Response(null, { status: 403 });
    return fetch(request, { via: "peer", address, machine: root.machine });
  };
  const { certificate, key } = identity.current;
  const common = { credentials: { certificate, key }, gate, handler, limits };
  const socket = join(stateFolder, PEER_SOCKET);
  await using opening = new AsyncDisposableStack();
  const listeners: PeerListener[] = [];
  const { peer_host: host, peer_port: port } = server;
  const network = host === undefined ? [] : [{ host, port }];
  for (const at of [{ path: socket }, ...network]) {
    const listener = await listenHttp2({ ...common, at });
    listeners.push(opening.use(listener));
  }
  opening.use(watchRoots(stateFolder, roots, listeners, onFault));
  const opened = opening.move();
  return {
    places: { socket, network: placesOf(listeners) },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function placesOf(listeners: readonly PeerListener[]): PeerPlaces["network"] {
  return listeners.flatMap(({ kind, address }) =>
    "path" in address ? [] : [{ kind, ...address }],
  );
}

/** Cuts machines whose pairing is taken back, by whatever process. */
function watchRoots(
  folder: string,
  roots: PairedRoots,
  listeners: readonly PeerListener[],
  onFault: (error: unknown) => void,
): Disposable {
  const pins = () => {
    return new Set(
      roots.all().flatMap(({ certificates }) => certificates.map((pem) => pinOf(pem))),
    );
  };
  let known = pins();
  const watcher = watch(folder, (_event, file) => {
    if (file === null || basename(file) !== ROOTS_FILE) return;
    try {
      const now = pins();
      const gone = [...known].filter((pin) => !now.has(pin));
      known = now;
      for (const listener of listeners) for (const pin of gone) listener.revoke(pin);
    } catch (error) {
      onFault(error);
    }
  });
  watcher.on("error", onFault);
  return { [Symbol.dispose]: () => watcher.close() };
}
