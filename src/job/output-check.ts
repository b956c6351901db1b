import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

import { FbtrError, systemErrorCode } from "../base/errors.ts";

interface Places {
  readonly input: { readonly path: string };
  readonly outputs: readonly { readonly path: string }[];
  readonly force: boolean;
}

/**
 * Refuses outputs that could not be written at the end, before any work is done.
 *
 * @throws FbtrError USAGE_INVALID if one is the input, also by another name, or if two are the same
 *   file; OUTPUT_EXISTS without `force`; OUTPUT_UNWRITABLE if it is a folder, or if its folder is
 *   missing or cannot be written to.
 */
export async function checkOutputs({ input, outputs, force }: Places): Promise<void> {
  const source = await fileAt(input.path);
  const taken = new Set<string>();
  for (const { path } of outputs) {
    const place = await placeOf(path);
    if (taken.has(place)) {
      throw new FbtrError("USAGE_INVALID", `two outputs would be the same file, ${path}`, {
        hint: "Give each output a name of its own.",
      });
    }
    taken.add(place);
    const there = await fileAt(path);
    if (there && source && there.ino === source.ino && there.dev === source.dev) {
      throw new FbtrError("USAGE_INVALID", `${path} is the book that is to be translated`, {
        hint: "Name another output.",
      });
    }
    if (there?.isDirectory()) {
      throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}: it is a folder`, {
        hint: "Name a file with --output.",
      });
    }
    if (there?.isFile() && !force) {
      throw new FbtrError("OUTPUT_EXISTS", `${path} exists`, { hint: "Replace it with --force." });
    }
  }
}

/**
 * The path that a file written to `path` will have, links in its folder followed.
 *
 * @throws FbtrError OUTPUT_UNWRITABLE if the folder is missing or cannot be written to.
 */
async function placeOf(path: string): Promise<string> {
  const folder = dirname(resolve(path));
  try {
    // With the slash a file in the place of the folder is refused, too.
    await access(`${folder}/`, constants.W_OK);
    return join(await realpath(folder), basename(path));
  } catch (cause) {
    const missing = ["ENOENT", "ENOTDIR"].includes(systemErrorCode(cause) ?? "");
    const reason = missing ? `there is no folder ${folder}` : `no permission to write to ${folder}`;
    throw new FbtrError("OUTPUT_UNWRITABLE", `Cannot write ${path}: ${reason}`, {
      hint: missing ? "Make the folder or name another output." : "Name another output.",
      cause,
    });
  }
}

function fileAt(path: string) {
  return stat(path).catch(() => undefined);
}
