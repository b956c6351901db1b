import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter } from "node:path";

import type { TempDir } from "./temp-dir.ts";

/**
 * Variables under which `npm` is a program that notes its arguments in `calls` and then does what
 * `script` says, in the shell's language.
 */
export async function environmentWithNpm(dir: TempDir, script: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(dir.file("bin"), { recursive: true });
  const program = `#!/bin/sh\necho "$@" >> '${dir.file("calls")}'\n${script}\n`;
  await writeFile(dir.file("bin/npm"), program);
  await chmod(dir.file("bin/npm"), 0o755);
  return { PATH: `${dir.file("bin")}${delimiter}${process.env["PATH"] ?? ""}` };
}

/** Installs a package that loads as node-llama-cpp does, and runs no model. */
export const INSTALLS = `mkdir -p node_modules/node-llama-cpp/dist
cd node_modules/node-llama-cpp
echo '{"type":"module","exports":"./dist/index.js"}' > package.json
echo 'export const getLlama = async () => ({ dispose: async () => undefined });' > dist/index.js`;
