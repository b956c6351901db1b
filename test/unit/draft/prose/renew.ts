import { readFileSync, writeFileSync } from "node:fs";

import { createDraftEngine } from "../../../../src/draft/create-engine.ts";
import { REVIEWED_FILE } from "./reviewed-file.ts";

/** Run by hand: writes the translations that have changed, and marks them as unread. */
const engine = await createDraftEngine();
const blocks = readFileSync(REVIEWED_FILE, "utf8").split("\n\n");

function renewed(block: string): string {
  const [source = "", reviewed = "", ...review] = block.split("\n");
  if (!source.startsWith("> ")) return block;
  const translation = `= ${engine.translate(source.slice(2)).text}`;
  if (translation === reviewed) return block;
  return [source, translation, "?", ...review.filter((line) => line !== "?")].join("\n");
}

writeFileSync(REVIEWED_FILE, blocks.map(renewed).join("\n\n"));
