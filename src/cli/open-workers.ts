import type { EventBus } from "../base/events.ts";
import type { Config } from "../config/fields/all.ts";
import { AuditLog } from "../server/access/audit-log.ts";
import { openFleet, type OpenFleet } from "../worker/fleet/open-fleet.ts";
import type { SshPrompts } from "../worker/ssh/ssh-client.ts";
import { stateFolderOf, type Surroundings } from "./compose.ts";

/** The workers of the configuration, for one command. */
export async function openWorkers(
  distributed: Config["distributed"],
  events: EventBus,
  surroundings: Surroundings,
  version: string,
  prompts: SshPrompts = {},
): Promise<OpenFleet> {
  const { clock, environment } = surroundings;
  const stateFolder = await stateFolderOf(surroundings);
  const audit = new AuditLog(stateFolder, clock);
  const around = { stateFolder, events, clock, environment, prompts, audit, version };
  return openFleet({ ...around, distributed: () => distributed });
}
