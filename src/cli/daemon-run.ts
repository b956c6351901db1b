import { join } from "node:path";

import { userFolders } from "../config/folders.ts";
import { runDaemon } from "../server/daemon.ts";
import type { Surroundings } from "./compose.ts";
import { EXIT, accountOf } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import { moneyOf } from "./money.ts";
import type { Terminal } from "./terminal.ts";
import { daemonSettings } from "./translate-settings.ts";

const DRAINING =
  "Finishing what is begun, and saving it. The next signal ends the daemon at once.\n";

/** Runs the daemon until a signal ends it. @returns the exit status. */
export async function runInForeground(
  terminal: Terminal,
  surroundings: Surroundings,
  version: string,
): Promise<number> {
  const { environment, platform, home, clock, signals, loadDraftEngine } = surroundings;
  const { state, cache } = userFolders(environment, platform, home);
  using interruption = new Interruption(signals, clock, () => terminal.writeError(DRAINING));
  await runDaemon({
    stateFolder: state,
    cacheFolder: cache,
    socketPath: join(state, "daemon.sock"),
    clock,
    version,
    loadDraftEngine,
    loadSettings: () => daemonSettings(surroundings),
    money: await moneyOf({}),
    drain: interruption.drain,
    stop: interruption.stop,
    onReady: ({ socket, addresses }) =>
      terminal.writeError(`fbtr listens on ${[socket, ...addresses].join(", ")}\n`),
    onFault: (error) => terminal.writeError(accountOf(error).text),
  });
  return EXIT.done;
}
