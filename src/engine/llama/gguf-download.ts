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
  /** Sent to the server of the URL, and not to where that one leads (Fetch, HTTP-redirect fetch). */
  readonly token?: string | undefined;
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
 * @throws FbtrError ENGINE_UNREACHABLE if the connection or the server fails, ENGINE_UNAUTHORIZED (401,
 *   403), ENGINE_REJECTED if the server has no such file, or it is no model or not the one that the
 *   checksum tells of, OUTPUT_UNWRITABLE; the reason of `signal` soon after it is aborted.
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
  const response = await ask(source, has, signal);
  // 416: there is nothing after what is here already.
  if (response.status === 416) await response.body?.cancel();
  else {
    const begin = response.status === 206 ? has : 0;
    await receive(piecesOf(response, source, signal), lengthOf(response), begin, part, onProgress);
  }
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

async function ask(source: GgufSource, fromByte: number, signal: AbortSignal): Promise<Response> {
  const { url, token } = source;
  // A range of a compressed file would be another one.
  const headers = new Headers({ "accept-encoding": "identity" });
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (fromByte > 0) headers.set("range", `bytes=${fromByte}-`);
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw cut(source, error);
  });
  if (response.ok || (response.status === 416 && fromByte > 0)) return response;
  await response.body?.cancel();
  throw refused(url, response.status);
}

function refused(url: string, status: number): FbtrError {
  const message = `cannot download ${placeOf(url)} (HTTP ${status})`;
  if (status === 401 || status === 403) {
    return new FbtrError("ENGINE_UNAUTHORIZED", message, {
      hint: "If it is at Hugging Face, accept the terms on the model's page, and set HF_TOKEN.",
    });
  }
  if (status >= 500) return new FbtrError("ENGINE_UNREACHABLE", message, { hint: "Try it later." });
  return new FbtrError("ENGINE_REJECTED", message, { hint: "Check the URL." });
}

function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  return length === null ? undefined : Number(length);
}

async function* piecesOf(
  response: Response,
  source: GgufSource,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response.body ?? []) yield piece as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw cut(source, error);
  }
}

/** Writes what comes to `part`, behind the first `begin` bytes of it. */
async function receive(
  pieces: AsyncIterable<Uint8Array>,
  length: number | undefined,
  begin: number,
  part: string,
  onProgress: (progress: DownloadProgress) => void,
): Promise<void> {
  const totalBytes = length === undefined ? undefined : begin + length;
  const cannotWrite = (error: unknown) => {
    throw unwritable(part, error, ADVICE);
  };
  const file = await open(part, begin > 0 ? "a" : "w").catch(cannotWrite);
  try {
    let doneBytes = begin;
    onProgress({ doneBytes, totalBytes });
    for await (const piece of pieces) {
      await file.writeFile(piece).catch(cannotWrite);
      doneBytes += piece.byteLength;
      onProgress({ doneBytes, totalBytes });
    }
    await file.sync().catch(cannotWrite);
  } finally {
    await file.close();
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

function cut({ url, sha256 }: GgufSource, cause: unknown): FbtrError {
  const hint =
    sha256 === undefined
      ? "Run the command again; with the checksum of the file it goes on where it was."
      : "Run the command again: it goes on where it was.";
  const message = `the download of ${placeOf(url)} was cut off`;
  return new FbtrError("ENGINE_UNREACHABLE", message, { cause, hint });
}
