import { FbtrError } from "../../base/errors.ts";
import { Http2Dialer, TunnelDialer } from "../../transport/http2/http2-dialer.ts";
import { Http3Dialer } from "../../transport/http3/http3-dialer.ts";
import type { Quic } from "../../transport/http3/quic.ts";
import { serverNameOf, type Identity } from "../../transport/identity.ts";
import type { PeerCredentials, PeerDialer, PeerKeys, TransportKind } from "../../transport/peer.ts";
import { PeerLink } from "../../transport/peer-link.ts";
import type { PairedWorker, WorkerEndpoint } from "../paired-workers.ts";
import type { SshPool } from "../ssh/ssh-pool.ts";
import type { SshTarget } from "../ssh/ssh-client.ts";

export interface WorkerLinkParts {
  /** Who we are now: the key may have been rotated since the last connection. */
  readonly identity: () => Identity;
  readonly ssh: SshPool;
  /** QUIC, if this machine has it. */
  readonly quic: () => Promise<Quic | undefined>;
  /** How a worker is reached over SSH. */
  readonly targetOf: (id: string) => Promise<SshTarget>;
  /** Ways that may be used; undefined: all. */
  readonly allowed?: readonly TransportKind[] | undefined;
  /** Hears how a worker is connected, each time. */
  readonly onConnected: (id: string, kind: TransportKind) => void;
}

/** A link to a paired worker by the ways that it has told; nothing is opened yet. */
export function linkTo(worker: PairedWorker, parts: WorkerLinkParts): PeerLink {
  const { identity, allowed, onConnected } = parts;
  const { certificate, key } = identity().current;
  const known = {
    credentials: { certificate, key },
    keys: { certificates: worker.certificates, serverName: serverNameOf(worker.machine) },
  };
  const endpoints = worker.endpoints.filter(({ kind }) => allowed?.includes(kind) ?? true);
  return new PeerLink({
    dialers: endpoints.map((endpoint) => dialerOf(endpoint, worker.id, known, parts)),
    preferred: worker.transport,
    onConnected: (kind) => onConnected(worker.id, kind),
  });
}

interface Known {
  readonly credentials: PeerCredentials;
  readonly keys: PeerKeys;
}

function dialerOf(
  endpoint: WorkerEndpoint,
  id: string,
  known: Known,
  { ssh, targetOf, quic }: WorkerLinkParts,
): PeerDialer {
  if (endpoint.kind === "tunnel") {
    return new TunnelDialer(async (signal) => {
      const target = await targetOf(id);
      return ssh.use(target, (connection) => connection.openSocketTunnel(endpoint.socket), signal);
    }, known);
  }
  const { kind, ...place } = endpoint;
  return kind === "h3" ? http3Dialer(place, known, quic) : new Http2Dialer(place, known);
}

/** QUIC is loaded, and tried, when a worker is there that speaks it. */
function http3Dialer(
  place: { readonly host: string; readonly port: number },
  known: Known,
  openQuic: () => Promise<Quic | undefined>,
): PeerDialer {
  return {
    kind: "h3",
    prepare: async () => (await openQuic()) !== undefined,
    connect: async (signal) => {
      const quic = await openQuic();
      if (quic === undefined) {
        throw new FbtrError("WORKER_UNREACHABLE", "this machine has no HTTP/3", {
          hint: "HTTP/2 is used in its place.",
        });
      }
      return new Http3Dialer({ quic, ...place, ...known }).connect(signal);
    },
  };
}
