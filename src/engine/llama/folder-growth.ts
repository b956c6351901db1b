import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const INTERVAL_MS = 1000;

/** Tells the size of a folder about once a second, until it is disposed of. */
export function reportGrowth(folder: string, onProgress: (bytes: number) => void): Disposable {
  let isOver = false;
  let isMeasuring = false;
  const measure = async () => {
    if (isMeasuring) return;
    isMeasuring = true;
    const bytes = await sizeOf(folder);
    isMeasuring = false;
    if (!isOver) onProgress(bytes);
  };
  const timer = setInterval(() => void measure(), INTERVAL_MS);
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      clearInterval(timer);
    },
  };
}

/** What vanishes while it is counted, since npm moves files, counts as nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries.filter((each) => each.isFile())) {
    const size = stat(join(entry.parentPath, entry.name)).then((found) => found.size);
    bytes += await size.catch(() => 0);
  }
  return bytes;
}
