import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

import { oneLine } from "../base/one-line.ts";
import { systemErrorCode } from "../base/errors.ts";
import { quoteReferences } from "./interpolation.ts";

/** Files in the current folder that are looked for, the first one counts. */
export const FOLDER_FILES = [
  "fbtr.config.json",
  "fbtr.config.yaml",
  "fbtr.config.yml",
  "fbtr.config.ts",
  "fbtr.config.js",
  ".fbtrrc",
] as const;

/** The same in the user's configuration folder. */
export const USER_FILES = ["config.json", "config.yaml", "config.yml"] as const;

/** Variables that name the configuration file, the stronger one first. */
const FILE_VARIABLES = ["CONFIG_FILE", "TRANSLATOR_CONFIG"] as const;

export interface ConfigPlaces {
  /** File that the user named on the command line. */
  readonly path?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that the user is in. */
  readonly cwd: string;
  /** The user's configuration folder. */
  readonly folder: string;
}

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** What the file holds, as it is written there. */
  readonly content?: unknown;
  /** Why it cannot be read, one line. */
  readonly fault?: string;
  /** Text of the file and of those that it imports. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
}

/**
 * Finds and reads the configuration file: the one that was named, else the one in the current
 * folder (not in those above it), else the user's. A `.ts` or `.js` file is run.
 *
 * @returns undefined if none was named and there is none.
 */
export async function findConfigFile(places: ConfigPlaces): Promise<ConfigFile | undefined> {
  const { environment, cwd, folder } = places;
  const variable = FILE_VARIABLES.find((name) => environment[name]);
  const named = places.path ?? (variable && environment[variable]);
  if (named !== undefined) return readConfigFile(resolve(cwd, named));
  const candidates = [
    ...FOLDER_FILES.map((name) => join(cwd, name)),
    ...USER_FILES.map((name) => join(folder, name)),
  ];
  for (const candidate of candidates) {
    if (await isThere(candidate)) return readConfigFile(candidate);
  }
  return undefined;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return !["ENOENT", "ENOTDIR"].includes(systemErrorCode(error) ?? "");
  }
}

async function readConfigFile(path: string): Promise<ConfigFile> {
  const { cosmiconfig, defaultLoaders } = await import("cosmiconfig");
  const texts: { path: string; text: string }[] = [];
  type Loader = (file: string, text: string) => unknown;
  const remembering =
    (load: Loader): Loader =>
    (file, text) => {
      texts.push({ path: file, text });
      return load(file, text);
    };
  const json: Loader = (_, text) => JSON.parse(quoteReferences(text));
  const yaml: Loader = (file, text) => defaultLoaders[".yaml"](file, text);
  const either: Loader = (file, text) =>
    (text.trimStart().startsWith("{") ? json : yaml)(file, text);
  const script: Loader = (file, text) => defaultLoaders[".js"](file, text);
  const explorer = cosmiconfig("fbtr", {
    cache: false,
    searchStrategy: "none",
    loaders: {
      ".json": remembering(json),
      ".yaml": remembering(yaml),
      ".yml": remembering(yaml),
      ".ts": remembering(script),
      ".js": remembering(script),
      noExt: remembering(either),
      default: remembering(either),
    },
  });
  try {
    const found = await explorer.load(path);
    return { path, content: found?.config as unknown, texts };
  } catch (error) {
    return { path, fault: faultOf(error), texts };
  }
}

/** Why a file cannot be read. Messages of parsers are not passed on: they quote the file. */
function faultOf(error: unknown): string {
  const code = systemErrorCode(error);
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "you may not read it";
  if (!(error instanceof Error)) return "cannot be read";
  const { reason, mark } = error as { reason?: unknown; mark?: { line?: unknown } };
  if (typeof reason === "string") return `line ${Number(mark?.line) + 1}: ${oneLine(reason)}`;
  if (!(error instanceof SyntaxError)) return oneLine(error.message);
  const line = /\(line (\d+) column \d+\)/.exec(error.message)?.[1];
  return line === undefined ? "is no valid JSON" : `line ${line}: is no valid JSON`;
}
