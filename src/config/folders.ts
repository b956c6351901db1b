import { posix, win32 } from "node:path";

/** Where fbtr keeps things of the user. Absolute paths that end in `fbtr`; nothing is created. */
export interface UserFolders {
  /** The configuration file, and files with secrets. */
  readonly config: string;
  /** Jobs, memory, keys: what must survive. */
  readonly state: string;
  /** What may be deleted at any time. */
  readonly cache: string;
}

const NAME = "fbtr";

/**
 * The folders of the user: XDG Base Directory Specification 0.8 where its variables are set and
 * everywhere but on macOS and Windows, the habits of the platform there.
 *
 * A variable that holds no absolute path is ignored, as that specification asks for.
 *
 * @param environment variables of the process.
 * @param home absolute path of the user's home folder.
 */
export function userFolders(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): UserFolders {
  const { isAbsolute, join } = platform === "win32" ? win32 : posix;
  const folder = (variable: string, fallback: string): string => {
    const value = environment[variable];
    return value !== undefined && isAbsolute(value) ? value : fallback;
  };
  const bases = baseFolders(platform, home, folder);
  return {
    config: join(folder("XDG_CONFIG_HOME", bases.config), NAME),
    state: join(folder("XDG_STATE_HOME", bases.state), NAME),
    cache: join(folder("XDG_CACHE_HOME", bases.cache), NAME),
  };
}

function baseFolders(
  platform: NodeJS.Platform,
  home: string,
  folder: (variable: string, fallback: string) => string,
): UserFolders {
  if (platform === "win32") {
    const roaming = folder("APPDATA", win32.join(home, "AppData", "Roaming"));
    const local = folder("LOCALAPPDATA", win32.join(home, "AppData", "Local"));
    return { config: roaming, state: local, cache: win32.join(local, "Cache") };
  }
  if (platform === "darwin") {
    const support = posix.join(home, "Library", "Application Support");
    return { config: support, state: support, cache: posix.join(home, "Library", "Caches") };
  }
  return {
    config: posix.join(home, ".config"),
    state: posix.join(home, ".local", "state"),
    cache: posix.join(home, ".cache"),
  };
}
