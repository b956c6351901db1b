import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { FbtrError } from "../base/errors.ts";

interface Places {
  readonly input: { readonly path: string };
  readonly outputs: readonly { readonly path: string }[];
  readonly force: boolean;
}

/**
 * Refuses outputs that could not be written at the end, before any work is done.
 *
 * @throws FbtrError USAGE_INVALID if one is the input, also by another name; OUTPUT_EXISTS without
 *   `force`; OUTPUT_UNWRITABLE if its folder cannot be written to.
 */
export async function checkOutputs({ input, outputs, force }: Places): Promise<void> {
  const source = await fileAt(input.path);
  for (const { path } of outputs) {
    const there = await fileAt(path);
    if (there && source && there.ino === source.ino && there.dev === source.dev) {
      throw new FbtrError("USAGE_INVALID", `${path} is the book that is to be translated`, {
        hint: "Name another output.",
      });
    }
    if (there && !force) {
      throw new FbtrError("OUTPUT_EXISTS", `${path} exists`, { hint: "Replace it with --force." });
    }
    await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
      throw new FbtrError("OUTPUT_UNWRITABLE", `the folder of ${path} cannot be written to`, {
        hint: "Make the folder or name another output.",
        cause,
      });
    });
  }
}

function fileAt(path: string) {
  return stat(path).catch(() => undefined);
}
