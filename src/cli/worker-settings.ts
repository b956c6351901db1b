import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { systemErrorCode } from "../base/errors.ts";
import { replaceFile } from "../book/atomic-file.ts";
import { changedFile, type ConfigChanges } from "../config/changed-file.ts";
import { USER_FILES } from "../config/config-file.ts";
import { userFolders } from "../config/folders.ts";
import { configOf, type Surroundings } from "./compose.ts";

const OWNER_ONLY = 0o600;

/**
 * Changes the user's configuration file.
 *
 * @returns its path.
 * @throws FbtrError CONFIG_INVALID, OUTPUT_UNWRITABLE.
 */
export async function changeConfiguration(
  changes: ConfigChanges,
  surroundings: Surroundings,
): Promise<string> {
  const { environment, platform, home } = surroundings;
  const { file } = await configOf(surroundings);
  const path = file ?? join(userFolders(environment, platform, home).config, USER_FILES[0]);
  const text = changedFile(await textOf(path), changes, path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, async (write) => write(Buffer.from(text)), OWNER_ONLY);
  return path;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
