import { once } from "node:events";

import type { Clock } from "../base/clock.ts";
import { EventBus } from "../base/events.ts";
import type { DraftEngine } from "../draft/engine.ts";
import type { Money } from "../engine/model-engine.ts";
import type { EngineParts } from "../engine/registry.ts";
import { translateBook } from "../job/pipeline.ts";
import { openStateFile } from "../job/state-file.ts";
import { createApp } from "./app.ts";
import { BookFiles } from "./books/book-files.ts";
import { BookQueue, type TranslateBook } from "./books/book-queue.ts";
import { SubmissionStore } from "./books/submission-store.ts";
import { EventFeed } from "./events/event-feed.ts";
import { EventLog } from "./events/event-log.ts";
import { EventSockets } from "./events/web-sockets.ts";
import { openListeners } from "./http/listeners.ts";
import { publishRecord, type DaemonRecord } from "./life/daemon-record.ts";
import { lockState } from "./life/state-lock.ts";
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
  readonly loadSettings: () => Promise<DaemonSettings>;
  readonly money: Money;
  /** Aborted: finish what is begun, save, end. */
  readonly drain: AbortSignal;
  /** Aborted: end now. */
  readonly stop: AbortSignal;
  /** Called when the daemon answers. */
  readonly onReady: (record: DaemonRecord) => void;
  /** Hears of faults that no request has caused. */
  readonly onFault: (error: unknown) => void;
}

/** Books at the same time: one book keeps all engines busy. */
const BOOKS_AT_ONCE = 1;

/**
 * Runs the daemon of a state folder until `drain` is aborted and what was begun is saved.
 *
 * @throws FbtrError DAEMON_RUNNING, CONFIG_INVALID, JOB_STORE_FAILED; an error of listening.
 */
export async function runDaemon(parts: DaemonParts): Promise<void> {
  const { stateFolder, clock, version, drain, stop } = parts;
  using _lock = lockState(stateFolder);
  let settings = await parts.loadSettings();
  using log = new EventLog(stateFolder);
  const feed = new EventFeed(log);
  const events = new EventBus(clock, log.lastId);
  events.subscribe((event) => feed.publish(event));
  using database = openStateFile(stateFolder);
  await using pool = new EnginePool();
  await using sockets = new EventSockets(feed);
  const { loadDraftEngine, money } = parts;
  const engineParts = (): EngineParts => {
    return { loadDraftEngine, money, clock, providers: settings.providers };
  };
  const claims = new Set<string>();
  const translate: TranslateBook = (request, signals) => {
    const { limits } = settings;
    const { cacheFolder } = parts;
    const services = { stateFolder, cacheFolder, limits, claims, events, clock, version };
    return translateBook(request, { ...engineParts(), ...services, ...signals });
  };
  const files = new BookFiles(stateFolder);
  const store = new SubmissionStore(database, clock);
  const { onFault } = parts;
  const capacity = BOOKS_AT_ONCE;
  const books = new BookQueue({ store, files, events, clock, translate, capacity, onFault });
  const texts = new TextSessions({ pool, events, clock, engineParts, settings: () => settings });
  const asked = new AbortController();
  const control = {
    stop: () => asked.abort(),
    reload: async () => {
      settings = await parts.loadSettings();
      await pool[Symbol.asyncDispose]();
    },
  };
  const app = createApp({
    version,
    clock,
    settings: () => settings,
    engineParts,
    stateFolder,
    cacheFolder: parts.cacheFolder,
    events,
    feed,
    sockets,
    books,
    files,
    texts,
    secret: parts.secret,
    control,
  });
  await using listeners = await openListeners(parts.socketPath, app.fetch, sockets);
  const record = { pid: process.pid, version, startedAt: new Date(clock.now()).toISOString() };
  const { socketPath: socket } = parts;
  const { addresses } = listeners;
  using _record = publishRecord(stateFolder, { ...record, socket, addresses });
  books.start();
  parts.onReady({ ...record, socket, addresses });
  const ending = AbortSignal.any([drain, asked.signal]);
  if (!ending.aborted) await once(ending, "abort");
  stop.addEventListener("abort", () => books.stop());
  await books.drain();
}
