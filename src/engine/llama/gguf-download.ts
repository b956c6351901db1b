import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { unwritable } from "../../book/atomic-file.ts";
import { FbtrError } from "../../base/errors.ts";
import { checkGguf } from "./gguf-file.ts";

export interface GgufSource {
  readonly url: string;
  /** Hexadecimal. Without it a stopped download begins anew: nothing else tells that the file on the
   * server is still the same. */
  readonly sha256: string | undefined;
}

export interface ModelPlace {
  /** Absolute path; made if it is not there. */
  readonly folder: string;
  /** Name of the file in it. */
  readonly name: string;
}

export interface DownloadProgress {
  readonly doneBytes: number;
  /** Undefined where the server does not say. */
  readonly totalBytes: number | undefined;
}

/** Nobody can choose another file with `--output` here. */
const ADVICE = "Free some space, or set XDG_STATE_HOME to a folder that can be written to.";

/**
 * Downloads a model to `place`, by way of `<name>.part`, which stays when the download is stopped or
 * cut and is gone on with the next time (RFC 9110, section 14.2). The file is in its place only
 * when it is complete and its checksum is right. One that is there with that checksum is kept.
 *
 * @throws FbtrError ENGINE_UNREACHABLE if the connection fails, ENGINE_REJECTED if the server refuses
 *   or the file is no model or not the one that the checksum tells of, OUTPUT_UNWRITABLE; the
 *   reason of `signal` soon after it is aborted.
 */
export async function downloadGguf(
  source: GgufSource,
  { folder, name }: ModelPlace,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const path = join(folder, name);
  const part = `${path}.part`;
  signal.throwIfAborted();
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw unwritable(folder, error, ADVICE);
  });
  if (await isThere(path, source.sha256, signal)) return;
  const has = source.sha256 === undefined ? 0 : await sizeOf(part);
  const response = await ask(source.url, has, signal);
  // 416: there is nothing after what is here already.
  if (response.status === 416) await response.body?.cancel();
  else await receive(response, response.status === 206 ? has : 0, part, onProgress, signal);
  await verify(part, source.sha256, signal);
  await rename(part, path).catch((error: unknown) => {
    throw unwritable(path, error, ADVICE);
  });
}

async function isThere(
  path: string,
  sha256: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (sha256 === undefined || (await sizeOf(path)) === 0) return false;
  return (await sha256Of(path, signal)) === sha256.toLowerCase();
}

async function ask(url: string, fromByte: number, signal: AbortSignal): Promise<Response> {
  const headers = fromByte > 0 ? { range: `bytes=${fromByte}-` } : {};
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw cut(url, error);
  });
  if (response.ok || (response.status === 416 && fromByte > 0)) return response;
  await response.body?.cancel();
  if (response.status >= 500) throw cut(url, new Error(`HTTP ${response.status}`));
  throw new FbtrError(
    "ENGINE_REJECTED",
    `cannot download ${placeOf(url)} (HTTP ${response.status})`,
  );
}

async function receive(
  response: Response,
  begin: number,
  part: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const length = response.headers.get("content-length");
  const totalBytes = length === null ? undefined : begin + Number(length);
  const file = await open(part, begin > 0 ? "a" : "w").catch((error: unknown) => {
    throw unwritable(part, error, ADVICE);
  });
  let doneBytes = begin;
  try {
    onProgress({ doneBytes, totalBytes });
    for await (const chunk of piecesOf(response, signal)) {
      await file.writeFile(chunk).catch((error: unknown) => {
        throw unwritable(part, error, ADVICE);
      });
      doneBytes += chunk.byteLength;
      onProgress({ doneBytes, totalBytes });
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* piecesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) yield chunk as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw cut(response.url, error);
  }
}

/** A part that is wrong is of no use any more: the next download begins anew. */
async function verify(
  part: string,
  sha256: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (sha256 !== undefined && (await sha256Of(part, signal)) !== sha256.toLowerCase()) {
    await rm(part, { force: true });
    throw new FbtrError("ENGINE_REJECTED", `the checksum of ${part} is wrong`, {
      hint: "Run the command again; if it happens again, the file on the server is another one.",
    });
  }
  try {
    await checkGguf(part);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return hash.digest("hex");
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    // Nothing is there to go on with.
    () => 0,
  );
}

/** Without what may be secret in a URL: user name, password and query. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function cut(url: string, cause: unknown): FbtrError {
  return new FbtrError("ENGINE_UNREACHABLE", `the download of ${placeOf(url)} was cut off`, {
    cause,
    hint: "Run the command again: it goes on where it was.",
  });
}
