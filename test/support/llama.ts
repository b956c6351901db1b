import { homedir } from "node:os";
import { join } from "node:path";

import {
  installedLlama,
  llamaFolder,
  type LlamaInstallation,
} from "../../src/engine/llama/llama-installation.ts";
import { requirePeer } from "./peers.ts";

/** Where `.ci/install-llama` lets fbtr install: it stays when node_modules is made anew. */
const KEPT_STATE_FOLDER = join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "fbtr-test",
  "fbtr",
);

/**
 * node-llama-cpp as `.ci/install-llama` has installed it; undefined where it is not, and what needs
 * it is skipped.
 *
 * @throws Error if peers are required.
 */
export async function llamaForTests(): Promise<LlamaInstallation | undefined> {
  const present = await installedLlama(llamaFolder(KEPT_STATE_FOLDER));
  if (present === undefined) requirePeer("node-llama-cpp (.ci/install-llama installs it)");
  return present;
}
