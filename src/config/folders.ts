import { posix, win32 } from "node:path";

/** The folders of fbtr for one user: absolute paths that end in `fbtr`. */
export interface UserFolders {
  readonly config: string;
  readonly state: string;
  readonly cache: string;
}

/**
 * Where the user's files belong: by the XDG Base Directory Specification, which wants relative
 * values ignored; without its variables in the platform's own folders.
 */
export function userFolders(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): UserFolders {
  const { join, isAbsolute } = platform === "win32" ? win32 : posix;
  const fromHome = (folder: string) => join(home, folder);
  const [config, state, cache] = {
    darwin: ["Library/Application Support", "Library/Application Support", "Library/Caches"],
    win32: ["AppData/Roaming", "AppData/Local", "AppData/Local"],
    other: [".config", ".local/state", ".cache"],
  }[platform === "darwin" || platform === "win32" ? platform : "other"].map(fromHome);
  const folder = (variables: readonly string[], fallback = "") => {
    const set = variables.map((name) => environment[name]).find((path) => path && isAbsolute(path));
    return join(set ?? fallback, "fbtr");
  };
  const windows = platform === "win32";
  return {
    config: folder(["XDG_CONFIG_HOME", ...(windows ? ["APPDATA"] : [])], config),
    state: folder(["XDG_STATE_HOME", ...(windows ? ["LOCALAPPDATA"] : [])], state),
    cache: folder(["XDG_CACHE_HOME", ...(windows ? ["LOCALAPPDATA"] : [])], cache),
  };
}
