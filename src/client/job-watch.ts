import { FbtrError } from "../base/errors.ts";
import { sleep } from "../base/abort.ts";
import type { FbtrEvent } from "../base/events.ts";
import type { DaemonClient } from "./daemon-client.ts";

/** How long a daemon that has gone away may take to come back. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 500;

const ENDS: ReadonlySet<string> = new Set(["done", "incomplete", "failed", "cancelled", "paused"]);

/**
 * The events of a book from the beginning, each once, until it has ended or rests: also over the
 * end of the connection, and of the daemon if that comes back.
 *
 * @throws FbtrError DAEMON_ABSENT if it does not; the signal's reason.
 */
export async function* watchJob(
  client: DaemonClient,
  session: string,
  signal: AbortSignal,
): AsyncGenerator<FbtrEvent, void> {
  let since = "0";
  let aloneSinceMs: number | undefined;
  for (;;) {
    try {
      for await (const event of client.events(session, since, signal)) {
        aloneSinceMs = undefined;
        since = event.id;
        if (event.session_id === session) yield event;
        if (isEnd(event, session)) return;
      }
    } catch (error) {
      signal.throwIfAborted();
      aloneSinceMs ??= performance.now();
      const isPatient = performance.now() - aloneSinceMs < PATIENCE_MS;
      if (error instanceof FbtrError && error.code !== "DAEMON_ABSENT") throw error;
      if (!isPatient) throw error;
    }
    await sleep(RETRY_MS, signal);
  }
}

function isEnd(event: FbtrEvent, session: string): boolean {
  const { type, session_id: own } = event;
  return type === "status_update" && own === session && ENDS.has(event.data.status);
}
