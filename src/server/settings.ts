import type { Config } from "../config/fields/all.ts";
import type { ProviderSettings } from "../engine/providers/provider.ts";
import type { JobLimits } from "../job/job-limits.ts";

/** What the daemon goes by, as the configuration says it now. */
export interface DaemonSettings {
  /** Path of the file that the configuration comes from, or would come from. */
  readonly file: string;
  readonly config: Config;
  /** `server.host` if the user has set it. */
  readonly host: string | undefined;
  /** Engine for those who name none; undefined: the best there is. */
  readonly engine: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly script: Config["translation"]["script"];
  readonly limits: JobLimits;
  readonly providers: Readonly<Record<string, ProviderSettings>>;
}
