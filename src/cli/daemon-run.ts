import { writeSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { userFolders } from "../config/folders.ts";
import type { Announcement } from "../client/daemon-launch.ts";
import { runDaemon } from "../server/daemon.ts";
import { providerSurroundingsOf, type Surroundings } from "./compose.ts";
import { EXIT, accountOf } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import { moneyOf } from "./money.ts";
import type { Terminal } from "./terminal.ts";
import { daemonSettings } from "./translate-settings.ts";

const DRAINING =
  "Finishing what is begun, and saving it. The next signal ends the daemon at once.\n";
/** Where a launcher waits for the announcement. */
const ANNOUNCEMENTS = 3;

/**
 * Runs the daemon until a signal or a client ends it.
 *
 * @param isLaunched a launcher has written a secret to standard input, and waits for news.
 * @returns the exit status.
 */
export async function runInForeground(
  isLaunched: boolean,
  terminal: Terminal,
  surroundings: Surroundings,
  version: string,
): Promise<number> {
  const { environment, platform, home, clock, signals, loadDraftEngine } = surroundings;
  const { state, cache } = userFolders(environment, platform, home);
  const announce = (news: Announcement) => {
    if (isLaunched) writeSync(ANNOUNCEMENTS, `${JSON.stringify(news)}\n`);
  };
  using interruption = new Interruption(signals, clock, () => terminal.writeError(DRAINING));
  try {
    await runDaemon({
      stateFolder: state,
      cacheFolder: cache,
      socketPath: join(state, "daemon.sock"),
      clock,
      version,
      // Not at once: the launcher may not have written it yet.
      secret: isLaunched ? (await text(process.stdin)).trim() : undefined,
      environment,
      loadDraftEngine,
      loadSettings: (path) => daemonSettings(surroundings, path),
      surroundings: await providerSurroundingsOf(surroundings),
      money: await moneyOf({}),
      drain: interruption.drain,
      stop: interruption.stop,
      onReload: (listener) => signals.on("SIGHUP", listener),
      onReady: (record) => {
        const places = [record.socket, ...record.addresses].join(", ");
        terminal.writeError(`fbtr listens on ${places}\n`);
        announce({ ready: record });
      },
      onFault: (error) => terminal.writeError(accountOf(error).text),
    });
    return EXIT.done;
  } catch (error) {
    const { code, error: message, hint } = JSON.parse(accountOf(error).json) as AccountLine;
    announce({ code, error: message, hint });
    throw error;
  }
}

interface AccountLine {
  readonly code: string;
  readonly error: string;
  readonly hint?: string;
}
