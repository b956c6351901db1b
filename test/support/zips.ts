import { buffer } from "node:stream/consumers";

import { ZipFile } from "yazl";

/** A zip with these files. */
export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const CENTRAL_HEADER = Buffer.from("PK\u0001\u0002", "latin1");

/**
 * The zip with other values in the central directory entry of its first file: the size that it
 * unzips to, or the flags (APPNOTE 4.3.12).
 */
export function withFalseEntry(
  zip: Uint8Array,
  { size, flags }: { readonly size?: number; readonly flags?: number },
): Buffer {
  const changed = Buffer.from(zip);
  const at = changed.indexOf(CENTRAL_HEADER);
  if (flags !== undefined) changed.writeUInt16LE(flags, at + 8);
  if (size !== undefined) changed.writeUInt32LE(size, at + 24);
  return changed;
}
