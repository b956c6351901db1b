import { watch } from "node:fs/promises";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

import { FbtrError } from "../base/errors.ts";

/**
 * What stands in a log, and with `follow` what is added to it, without end.
 *
 * @throws FbtrError DAEMON_ABSENT if there is no log.
 */
export async function* logLines(
  path: string,
  { follow }: { readonly follow: boolean },
): AsyncGenerator<Buffer> {
  await using file = await open(path, "r").catch((cause: unknown) => {
    throw new FbtrError("DAEMON_ABSENT", "no daemon has run in the background", {
      hint: "Start one with `fbtr daemon start`.",
      cause,
    });
  });
  const changes = follow ? watch(dirname(path)) : [];
  yield* rest(file);
  for await (const _ of changes) yield* rest(file);
}

async function* rest(file: Awaited<ReturnType<typeof open>>): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
