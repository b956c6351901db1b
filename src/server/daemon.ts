import { once } from "node:events";
import { existsSync } from "node:fs";

import { yieldToEventLoop } from "../base/abort.ts";
import type { Clock } from "../base/clock.ts";
import { EventBus } from "../base/events.ts";
import type { DraftEngine } from "../draft/engine.ts";
import type { Money } from "../engine/model-engine.ts";
import type { ProviderSurroundings } from "../engine/providers/provider.ts";
import type { EngineParts } from "../engine/registry.ts";
import { translateBook } from "../job/pipeline.ts";
import { openStateFile } from "../job/state-file.ts";
import { loadIdentity } from "../transport/identity.ts";
import { openFleet, type OpenFleet } from "../worker/fleet/open-fleet.ts";
import { PairedRoots } from "../worker/paired-roots.ts";
import { AuditLog } from "./access/audit-log.ts";
import { TokenStore } from "./access/token-store.ts";
import { TokenUses } from "./access/token-uses.ts";
import { createApp } from "./app.ts";
import { BookFiles } from "./books/book-files.ts";
import { BookQueue, type TranslateBook } from "./books/book-queue.ts";
import { SubmissionStore } from "./books/submission-store.ts";
import { BatchDesk } from "./batches/batch-desk.ts";
import { EventFeed } from "./events/event-feed.ts";
import { EventLog } from "./events/event-log.ts";
import { upgradeWith } from "./events/upgrade.ts";
import { EventSockets } from "./events/web-sockets.ts";
import { httpLimits } from "./http/limits.ts";
import { listenAddresses } from "./http/listen-addresses.ts";
import { openListeners, type Answering, type OpenListeners } from "./http/listeners.ts";
import { ownNames } from "./http/own-names.ts";
import { placeRules } from "./http/request-place.ts";
import { publishRecord, type DaemonRecord } from "./life/daemon-record.ts";
import { lockState } from "./life/state-lock.ts";
import { LiveSettings, type LoadSettings } from "./live-settings.ts";
import type { DaemonControl, Services } from "./services.ts";
import { openPeerDoor, type PeerDoor } from "./peers/peer-door.ts";
import type { DaemonSettings } from "./settings.ts";
import { EnginePool } from "./texts/engine-pool.ts";
import { TextSessions } from "./texts/text-sessions.ts";

export interface DaemonParts {
  readonly stateFolder: string;
  readonly cacheFolder: string;
  /** Path of the socket for the user's own programs. */
  readonly socketPath: string;
  readonly clock: Clock;
  readonly version: string;
  /** Known to who has launched the daemon; it proves itself with it. */
  readonly secret: string | undefined;
  readonly loadDraftEngine: () => Promise<DraftEngine>;
  readonly loadSettings: LoadSettings;
  readonly surroundings: ProviderSurroundings;
  /** Where an ssh-agent is, and the like. */
  readonly environment: NodeJS.ProcessEnv;
  readonly money: Money;
  /** Aborted: finish what is begun, save, end. */
  readonly drain: AbortSignal;
  /** Aborted: end now. */
  readonly stop: AbortSignal;
  /** Calls the listener whenever the configuration is to be read anew. */
  readonly onReload: (listener: () => void) => void;
  /** Called when the daemon answers. */
  readonly onReady: (record: DaemonRecord) => void;
  /** Hears of faults that no request has caused. */
  readonly onFault: (error: unknown) => void;
}

/** Books at the same time: one book keeps all engines busy. */
const BOOKS_AT_ONCE = 1;

/**
 * Runs the daemon of a state folder until `drain` is aborted, or a client asks for its end, and what
 * was begun is saved.
 *
 * @throws FbtrError DAEMON_RUNNING, CONFIG_INVALID, JOB_STORE_FAILED; an error of listening.
 */
export async function runDaemon(parts: DaemonParts): Promise<void> {
  const { stateFolder, socketPath, clock, version, drain, stop, onFault } = parts;
  using _lock = lockState(stateFolder);
  await using house = new AsyncDisposableStack();
  const asked = new AbortController();
  const services = await furnish(parts, house, asked);
  await using listeners = await listen(services, parts);
  // Before the listeners cut what is left: so the readers hear that the daemon ends.
  await using _readers = services.sockets;
  const { addresses, places: peers } = listeners;
  const startedAt = new Date(clock.now()).toISOString();
  const record = { pid: process.pid, version, startedAt, socket: socketPath, addresses, peers };
  using _record = publishRecord(stateFolder, record);
  parts.onReload(() => void services.control.reload("signal").catch(onFault));
  services.books.start();
  parts.onReady(record);
  const ending = AbortSignal.any([drain, asked.signal]);
  if (!ending.aborted) await once(ending, "abort");
  stop.addEventListener("abort", () => {
    services.books.stop();
    services.batches.stop();
  });
  await Promise.all([services.books.drain(), services.texts.drain(), services.batches.drain()]);
  services.feed.flush();
  // What the readers have just been woken for is on its way to them.
  await yieldToEventLoop();
}

/** Opens the API to those whom the configuration lets in. */
async function listen(
  services: Services,
  parts: DaemonParts,
): Promise<OpenListeners & Pick<PeerDoor, "places">> {
  const { stateFolder, socketPath, clock, onFault } = parts;
  const { settings, sockets } = services;
  const { host, config } = settings();
  const { port, tls_cert_file: cert, tls_key_file: key } = config.server;
  const tls = existsSync(cert) && existsSync(key) ? { cert, key } : undefined;
  const enableAuth = config.security.enable_auth;
  const addresses = listenAddresses({ socketPath, host, port, tls, enableAuth });
  const names = ownNames(host, tls?.cert);
  const app = createApp(services, {
    tokens: new TokenStore(stateFolder, clock),
    uses: new TokenUses(stateFolder, clock, onFault),
    audit: services.audit,
    security: () => settings().config.security,
    places: placeRules(names, () => settings().config.security.cors_origins),
    onFault,
  });
  const fetch: Answering["fetch"] = (request, arrival) => app.fetch(request, arrival);
  const limits = httpLimits(config.server.read_timeout, config.server.write_timeout);
  await using opening = new AsyncDisposableStack();
  const answering = { fetch, upgrade: upgradeWith(fetch, sockets) };
  const own = opening.use(await openListeners(addresses, answering, limits));
  const { audit, identity } = services;
  const roots = new PairedRoots(stateFolder);
  const doorParts = { stateFolder, identity, roots, audit, server: config.server };
  const door = opening.use(await openPeerDoor({ ...doorParts, fetch, limits, onFault }));
  const opened = opening.move();
  return {
    addresses: own.addresses,
    places: door.places,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Makes what the API stands on; what has to be closed goes into `house`. */
async function furnish(
  parts: DaemonParts,
  house: AsyncDisposableStack,
  asked: AbortController,
): Promise<Services> {
  const { stateFolder, cacheFolder, clock, version, secret, onFault } = parts;
  const pool = house.use(new EnginePool());
  const live = new LiveSettings(await parts.loadSettings(), parts.loadSettings, async () => {
    await pool[Symbol.asyncDispose]();
  });
  const settings = () => live.current;
  const log = house.use(new EventLog(stateFolder));
  const feed = house.use(new EventFeed(log));
  const events = new EventBus(clock, log.lastId);
  events.subscribe((event) => feed.publish(event));
  const stallMs = settings().config.server.write_timeout * 1000;
  const sockets = new EventSockets(feed, { stallMs });
  const { loadDraftEngine, money, surroundings } = parts;
  const audit = new AuditLog(stateFolder, clock);
  const workers = house.use(await openWorkers(parts, settings, events, audit));
  const engineParts = (): EngineParts => {
    const { providers, config } = settings();
    const remote = config.distributed.enabled ? workers.engines : undefined;
    return { loadDraftEngine, money, surroundings, clock, providers, remote };
  };
  const claims = new Set<string>();
  const translate: TranslateBook = (request, signals) => {
    const { limits } = settings();
    const around = { stateFolder, cacheFolder, limits, claims, events, clock, version };
    return translateBook(request, { ...engineParts(), ...around, ...signals });
  };
  const store = new SubmissionStore(house.use(openStateFile(stateFolder)), clock);
  const files = new BookFiles(stateFolder);
  const capacity = BOOKS_AT_ONCE;
  const books = new BookQueue({ store, files, events, clock, translate, capacity, onFault });
  const texts = new TextSessions({ pool, events, clock, engineParts, settings });
  // Who is asked as a worker does not ask others: two machines could ask each other.
  const ownParts = () => ({ ...engineParts(), remote: undefined });
  const batches = new BatchDesk({ pool, engineParts: ownParts, events });
  const identity = await loadIdentity(stateFolder, clock);
  const control = controlOf(live, audit, asked);
  const work = { books, files, texts, batches, pool, events, feed, sockets, identity, workers };
  return {
    ...work,
    version,
    clock,
    settings,
    engineParts,
    stateFolder,
    cacheFolder,
    secret,
    audit,
    control,
  };
}

/** The workers of the configuration; where it wants them, they are found at once. */
async function openWorkers(
  { stateFolder, clock, environment, version, onFault, stop }: DaemonParts,
  settings: () => DaemonSettings,
  events: EventBus,
  audit: AuditLog,
): Promise<OpenFleet> {
  const distributed = () => settings().config.distributed;
  const around = { stateFolder, distributed, events, clock, environment, prompts: {} };
  const workers = await openFleet({ ...around, audit, version });
  if (distributed().enabled) workers.prepare(stop).catch(onFault);
  return workers;
}

/** Whatever changes the daemon itself is on record. */
function controlOf(live: LiveSettings, audit: AuditLog, asked: AbortController): DaemonControl {
  const recorded = async (event: string, actor: string, work: () => Promise<void>) => {
    try {
      await work();
      audit.add(actor, event);
    } catch (error) {
      audit.add(actor, `${event}_refused`);
      throw error;
    }
  };
  return {
    stop: (actor) => {
      audit.add(actor, "daemon_stopped");
      asked.abort();
    },
    reload: (actor) => recorded("config_reloaded", actor, () => live.reload()),
    change: (changes, actor) =>
      recorded("config_changed", actor, async () => {
        await live.change(changes);
        audit.add(actor, "config_keys", { keys: Object.keys(changes).join(" ") });
      }),
  };
}
