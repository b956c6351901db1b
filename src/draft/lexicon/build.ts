import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

import { compactFormOf } from "./compact.ts";
import { COMPACT_FILE } from "./load.ts";
import { parseLexicon } from "./parse.ts";
import { faultsOf } from "./validate.ts";

/** Run by `npm run build`: checks the data files and writes the compact form of the package. */
const DATA = new URL("../../../src/draft/lexicon/data/", import.meta.url);

const names = readdirSync(DATA).sort();
const texts = names.map((name) => readFileSync(new URL(name, DATA), "utf8"));
const entries = texts.flatMap((text, at) => parseLexicon(names[at] ?? "", text));
const faults = faultsOf(entries);
if (faults.length > 0) throw new Error(`The lexicon has faults:\n${faults.join("\n")}`);
mkdirSync(new URL(".", COMPACT_FILE), { recursive: true });
writeFileSync(COMPACT_FILE, compactFormOf(texts));
