import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { corpusMissing, corpusPath } from "../support/corpus.ts";
import type { Measurement } from "./measurement.ts";

interface DraftFigures {
  readonly loadMs: number;
  readonly words: number;
  readonly draftMs: number;
  readonly knownShare: number;
  readonly peakKb: number;
}

/** Drafts a book of the corpus in a process of its own. */
function figuresOf(book: string): DraftFigures {
  const child = fileURLToPath(new URL("draft-book.ts", import.meta.url));
  // Node as the launcher runs it.
  const args = ["--max-semi-space-size=4", child, corpusPath(`books/${book}.fb2`)];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`Drafting ${book} ended with ${status}`);
  return JSON.parse(stdout) as DraftFigures;
}

/** Speed, memory and vocabulary of the draft engine on real books; nothing without the corpus. */
export function measureDrafting(): Measurement[] {
  if (corpusMissing) return [];
  const novel = figuresOf("voskresenie");
  const known = ["voskresenie", "ariadna", "anna_na_shee"].map((book) => ({
    name: `known words of ${book}, names aside`,
    value: (book === "voskresenie" ? novel : figuresOf(book)).knownShare * 100,
    unit: "%",
    atLeast: 98,
  }));
  return [
    {
      name: "drafting voskresenie",
      value: (novel.words / novel.draftMs) * 1000,
      unit: "words/s",
      atLeast: 15_000,
    },
    {
      name: "peak memory of drafting voskresenie",
      value: novel.peakKb / 1000,
      unit: "MB",
      atMost: 300,
    },
    { name: "loading the draft engine", value: novel.loadMs, unit: "ms", atMost: 800 },
    ...known,
  ];
}
