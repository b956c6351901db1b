import { open } from "node:fs/promises";

import { FbtrError } from "../../base/errors.ts";

const HEADER_BYTES = 8;
const VERSIONS = new Set([2, 3]);

/**
 * Looks at the first bytes of a model (GGUF specification: a magic word and a version). llama.cpp
 * takes minutes over a file that is something else.
 *
 * @throws FbtrError ENGINE_REJECTED for a file that is missing or no GGUF.
 */
export async function checkGguf(path: string): Promise<void> {
  const header = await headerOf(path);
  const isGguf = header.length === HEADER_BYTES && header.toString("latin1", 0, 4) === "GGUF";
  if (isGguf && VERSIONS.has(header.readUInt32LE(4))) return;
  throw new FbtrError("ENGINE_REJECTED", `${path} is no GGUF model`, {
    hint: "Give the path of a complete .gguf file.",
  });
}

async function headerOf(path: string): Promise<Buffer> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new FbtrError("ENGINE_REJECTED", `cannot read the model ${path}`, {
      cause: error,
      hint: "Check the path and its permissions.",
    });
  }
}
