import type { Clock } from "../base/clock.ts";
import type { EventBus } from "../base/events.ts";
import type { ConfigChanges } from "../config/changed-file.ts";
import type { EngineParts } from "../engine/registry.ts";
import type { Identity } from "../transport/identity.ts";
import type { OpenFleet } from "../worker/fleet/open-fleet.ts";
import type { AuditLog } from "./access/audit-log.ts";
import type { BatchDesk } from "./batches/batch-desk.ts";
import type { BookFiles } from "./books/book-files.ts";
import type { BookQueue } from "./books/book-queue.ts";
import type { EventFeed } from "./events/event-feed.ts";
import type { EventSockets } from "./events/web-sockets.ts";
import type { DaemonSettings } from "./settings.ts";
import type { EnginePool } from "./texts/engine-pool.ts";
import type { TextSessions } from "./texts/text-sessions.ts";

/** What the routes of the API stand on. */
export interface Services {
  /** Version of fbtr. */
  readonly version: string;
  readonly clock: Clock;
  /** The configuration as it is now. */
  readonly settings: () => DaemonSettings;
  readonly engineParts: () => EngineParts;
  readonly stateFolder: string;
  readonly cacheFolder: string;
  readonly events: EventBus;
  readonly feed: EventFeed;
  readonly sockets: EventSockets;
  readonly books: BookQueue;
  readonly files: BookFiles;
  readonly texts: TextSessions;
  /** Work for paired machines. */
  readonly batches: BatchDesk;
  /** Engines that texts and batches share. */
  readonly pool: EnginePool;
  /** The workers of this daemon. */
  readonly workers: OpenFleet;
  /** Who this machine is to those that it is paired with. */
  readonly identity: Identity;
  /** Known to who has launched the daemon, and to nobody else. */
  readonly secret: string | undefined;
  readonly audit: AuditLog;
  readonly control: DaemonControl;
}

/** What may be asked of the daemon itself. `actor` is who asks, for the record. */
export interface DaemonControl {
  /** Finishes what is begun, and ends. Returns at once. */
  stop(actor: string): void;
  /** @throws FbtrError CONFIG_INVALID; all goes on as it was then. */
  reload(actor: string): Promise<void>;
  /** Changes the configuration file. @throws FbtrError CONFIG_INVALID, OUTPUT_UNWRITABLE. */
  change(changes: ConfigChanges, actor: string): Promise<void>;
}
