import { mkdir, writeFile } from "node:fs/promises";

import { readConfig, type ConfigRequest } from "../../src/config/load.ts";
import { tempDir, type TempDir } from "./temp-dir.ts";

/** A request that sees nothing but `dir`: the current folder, with the user's folder inside. */
export function requestIn(dir: TempDir, more: Partial<ConfigRequest> = {}): ConfigRequest {
  const folders = { config: dir.file("user"), state: dir.file("state"), cache: dir.file("cache") };
  return { environment: {}, cwd: dir.path, folders, ...more };
}

/** Writes a file that only its owner may read. */
export async function put(dir: TempDir, name: string, content: string | object): Promise<string> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await mkdir(dir.file("user"), { recursive: true });
  await writeFile(dir.file(name), text, { mode: 0o600 });
  return dir.file(name);
}

/** What is read of one file of this content. */
export async function readContent(content: string | object, more: Partial<ConfigRequest> = {}) {
  await using dir = await tempDir();
  const path = await put(dir, "fbtr.config.json", content);
  const { faults, warnings, ...rest } = await readConfig(requestIn(dir, more));
  const nameless = (lines: readonly string[]) => lines.map((line) => line.replace(`${path}: `, ""));
  return { ...rest, faults: nameless(faults), warnings: nameless(warnings) };
}
