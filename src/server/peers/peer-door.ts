import { lookup } from "node:dns/promises";
import { watch } from "node:fs";
import { basename, join } from "node:path";

import type { Config } from "../../config/fields/all.ts";
import type { Identity } from "../../transport/identity.ts";
import type { PeerGate, PeerHandler, PeerListener } from "../../transport/peer.ts";
import { listenHttp3, type Http3ListenOptions } from "../../transport/http3/http3-listener.ts";
import { openQuic } from "../../transport/http3/quic-trial.ts";
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
  listeners.push(opening.use(await listenHttp2({ ...common, at: { path: socket } })));
  const { peer_host: host, peer_port: port, enable_http3: isWanted } = server;
  if (host !== undefined) {
    const http2 = opening.use(await listenHttp2({ ...common, at: { host, port } }));
    listeners.push(http2);
    // What goes wrong with HTTP/3 leaves HTTP/2.
    if (isWanted) listeners.push(...(await listenOverQuic(http2, common, opening, onFault)));
  }
  opening.use(watchRoots(stateFolder, roots, listeners, onFault));
  const opened = opening.move();
  return {
    places: { socket, network: placesOf(listeners) },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** HTTP/3 on the port of UDP with the same number, where this machine has it. */
async function listenOverQuic(
  { address }: PeerListener,
  common: Pick<Http3ListenOptions, "credentials" | "gate" | "handler">,
  opening: AsyncDisposableStack,
  onFault: (error: unknown) => void,
): Promise<readonly PeerListener[]> {
  if ("path" in address) return [];
  const quic = await openQuic();
  if (quic === undefined) return [];
  try {
    const { address: host } = await lookup(address.host);
    const listener = await listenHttp3({ ...common, quic, host, port: address.port });
    return [opening.use(listener)];
  } catch (error) {
    onFault(error);
    return [];
  }
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
      for (const listener of listeners) {
        for (const pin of gone) listener.revoke(pin);
        listener.refresh();
      }
    } catch (error) {
      onFault(error);
    }
  });
  watcher.on("error", onFault);
  return { [Symbol.dispose]: () => watcher.close() };
}
