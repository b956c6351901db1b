import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { requirePeer } from "./peers.ts";

const corpus = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));

/** True when the corpus of real books lies beside the checkout. */
const present = existsSync(corpus);

if (!present) requirePeer(`the corpus of real books (${corpus})`);

/** For `describe.skipIf(corpusMissing)`: the title of the suite then shows as skipped. */
export const corpusMissing = !present;

/** Path of a corpus file, such as `books/ariadna.fb2`. */
export function corpusPath(name: string): string {
  return join(corpus, name);
}

/** Names (relative to the corpus) of all FB2 files and archives, in a fixed order. */
export function corpusBooks(): string[] {
  if (!present) return [];
  return ["books", "shapes"].flatMap((folder) =>
    readdirSync(join(corpus, folder))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

/** Path of the FB2 schema, for differential validation. */
export function schemaPath(name: string): string {
  return join(corpus, "../fb2-schema", name);
}
