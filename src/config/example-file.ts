import { chmod, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { FbtrError, systemErrorCode } from "../base/errors.ts";
import { USER_FILES } from "./config-file.ts";
import { exampleConfig } from "./example.ts";

/** YAML, because JSON has no comments. */
const NAME = "config.yaml";

/**
 * Writes the example to `config.yaml` in `folder`, which is made if it is missing. Only the owner
 * may read it, as secrets may be put in.
 *
 * @param force whether a `config.yaml` that is there is replaced.
 * @returns the path.
 * @throws FbtrError OUTPUT_EXISTS if there is a configuration; OUTPUT_UNWRITABLE.
 */
export async function writeExample(folder: string, force: boolean): Promise<string> {
  const path = join(folder, NAME);
  for (const name of USER_FILES) {
    const other = join(folder, name);
    if (force && other === path) continue;
    if (await stat(other).catch(() => undefined)) throw alreadyThere(other, other === path);
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writePrivately(path, exampleConfig());
  } catch (error) {
    throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}`, {
      cause: error,
      hint: `The system says ${systemErrorCode(error) ?? String(error)}.`,
    });
  }
  return path;
}

function alreadyThere(path: string, isReplaceable: boolean): FbtrError {
  return new FbtrError("OUTPUT_EXISTS", `${path} exists already`, {
    hint: isReplaceable
      ? "Use --force to replace it."
      : `Move it away first: fbtr would not read ${NAME} beside it, or not it beside ${NAME}.`,
  });
}

/** Whole or not at all, and never readable for others. */
async function writePrivately(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await using file = await open(temporary, "wx", 0o600);
    await file.writeFile(text);
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
