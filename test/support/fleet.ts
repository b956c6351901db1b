import { systemClock } from "../../src/base/clock.ts";
import { EventBus, type FbtrEvent } from "../../src/base/events.ts";
import { httpLimits } from "../../src/server/http/limits.ts";
import { listenHttp2 } from "../../src/server/peers/http2-peer-listener.ts";
import { Http2Dialer } from "../../src/transport/http2/http2-dialer.ts";
import { loadIdentity, serverNameOf, type Identity } from "../../src/transport/identity.ts";
import type { PeerGate, PeerHandler, PeerListener, PeerWatch } from "../../src/transport/peer.ts";
import { PeerLink } from "../../src/transport/peer-link.ts";
import type { BatchLine, BatchRequest, RemoteEngine } from "../../src/worker/batch-wire.ts";
import { RemoteWorker, type WorkerReport } from "../../src/worker/fleet/remote-worker.ts";
import { WorkerFleet, type FleetParts } from "../../src/worker/fleet/worker-fleet.ts";
import type { PairedWorker } from "../../src/worker/paired-workers.ts";
import { tempDir } from "./temp-dir.ts";

/** Two machines that could be paired. */
export interface TwoMachines {
  readonly root: Identity;
  readonly worker: Identity;
}

/** Keys for tests: making them takes longer than most tests. */
export async function twoMachines(): Promise<TwoMachines> {
  await using dir = await tempDir();
  return {
    root: await loadIdentity(dir.file("root"), systemClock),
    worker: await loadIdentity(dir.file("worker"), systemClock),
  };
}

export const DRAFT_ENGINE: RemoteEngine = {
  name: "draft",
  version: "1",
  priority: 0,
  capacity: 1,
  is_persistent: false,
};

/** What a worker of a test says of itself. */
export function reportOf(machine: string, engines: readonly RemoteEngine[]): WorkerReport {
  return {
    machine,
    version: "1.0.0",
    capabilities: {
      providers: engines.map(({ name }) => name),
      max_concurrent: 5,
      supports_batch: true,
      supports_websocket: true,
      local_llms: [],
      hardware: { cpus: 2, memory_bytes: 1 },
    },
    engines,
    batches: 0,
  };
}

/** How a worker of a test answers batches: lines, or whatever else a broken one would send. */
export type AnswerBatch = (
  request: BatchRequest,
  signal: AbortSignal,
) => AsyncIterable<BatchLine | string>;

/** A worker that speaks the real protocol over the real transport, and answers as a test wants. */
export function workerHandler(report: () => WorkerReport, answer: AnswerBatch): PeerHandler {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/v1/worker") return Response.json(report());
    if (pathname === "/api/v1/events") return new Response(silence(request.signal));
    const wish = (await request.json()) as BatchRequest;
    return new Response(ReadableStream.from(linesOf(answer(wish, request.signal))));
  };
}

async function* linesOf(lines: AsyncIterable<BatchLine | string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) {
    const text = typeof line === "string" ? line : `${JSON.stringify(line)}\n`;
    yield new TextEncoder().encode(text);
  }
}

/** A feed on which nothing happens. */
function silence(signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode("\n"));
      signal.addEventListener("abort", () => controller.close());
    },
  });
}

/** A listener on loopback that lets the root in, and counts who was refused. */
export async function listenFor(
  { root, worker }: TwoMachines,
  handler: PeerHandler,
  gate: Partial<PeerGate> = {},
): Promise<PeerListener> {
  return listenHttp2({
    at: { host: "127.0.0.1", port: 0 },
    credentials: worker.current,
    gate: { admitted: () => [root.current.certificate], refused: () => undefined, ...gate },
    handler,
    limits: httpLimits(30, 30),
  });
}

/** A link of the root to a listener of the worker. */
function linkTo(
  { address }: PeerListener,
  { root, worker }: TwoMachines,
  watch?: PeerWatch,
): PeerLink {
  if ("path" in address) throw new Error("not a network address");
  const keys = {
    certificates: [worker.current.certificate],
    serverName: serverNameOf(worker.id),
  };
  const options = { credentials: root.current, keys, ...(watch && { watch }) };
  return new PeerLink({ dialers: [new Http2Dialer(address, options)] });
}

export function pairedWith(
  id: string,
  machine: string,
  more: Partial<PairedWorker> = {},
): PairedWorker {
  return {
    id,
    machine,
    certificates: [],
    endpoints: [],
    version: "1.0.0",
    capabilities: reportOf(machine, [DRAFT_ENGINE]).capabilities,
    pairedAt: "2026-01-01T00:00:00.000Z",
    isDrained: false,
    ...more,
  };
}

/** A worker of a test, as part of a fleet. */
export interface FleetWorker {
  readonly listener: PeerListener;
  readonly machines: TwoMachines;
  readonly paired: PairedWorker;
}

export interface TestFleet extends AsyncDisposable {
  readonly fleet: WorkerFleet;
  readonly bus: EventBus;
  readonly events: readonly FbtrEvent[];
}

/** A fleet of workers that listen already. */
export function fleetOf(
  workers: readonly FleetWorker[],
  more: Partial<FleetParts> = {},
): TestFleet {
  const bus = new EventBus(systemClock);
  const events: FbtrEvent[] = [];
  bus.subscribe((event) => events.push(event));
  const fleet = new WorkerFleet({
    paired: () => workers.map(({ paired }) => paired),
    settings: () =>
      Object.fromEntries(workers.map(({ paired }) => [paired.id, { enabled: true, tags: [] }])),
    open: (paired) => {
      const found = workers.find((worker) => worker.paired.id === paired.id);
      if (!found) throw new Error(`no worker ${paired.id}`);
      return new RemoteWorker(paired, linkTo(found.listener, found.machines));
    },
    events: bus,
    limits: () => ({ maxInstances: 20, healthIntervalMs: 100, healthTimeoutMs: 2000 }),
    ...more,
  });
  return { fleet, bus, events, [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose]() };
}
