import type * as Reading from "../../src/book/reading.ts";
import type * as Source from "../../src/book/source.ts";
import type * as Drafting from "../../src/draft/create-engine.ts";

/** As users run it: without what Node needs to understand TypeScript. */
const built = (path: string) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { segmentsOf } = (await built("book/reading.js")) as typeof Reading;
const { openBook } = (await built("book/source.js")) as typeof Source;
const { createDraftEngine } = (await built("draft/create-engine.js")) as typeof Drafting;

/**
 * Drafts the book of the first argument and prints what it took as JSON: milliseconds to load, words
 * and milliseconds of the second of two passes (the first warms up), share of known words, peak
 * memory in kB.
 */
const [path = ""] = process.argv.slice(2);
const start = performance.now();
const engine = await createDraftEngine();
const loadMs = performance.now() - start;
const book = await openBook(path);

async function draft() {
  let [total, known, ms] = [0, 0, 0];
  for await (const { text, skip } of segmentsOf(book, "ru")) {
    if (skip !== undefined) continue;
    const began = performance.now();
    const { words } = engine.translate(text);
    ms += performance.now() - began;
    total += words.total;
    known += words.known;
  }
  return { total, known, ms };
}

await draft();
const { total, known, ms } = await draft();
const peakKb = process.resourceUsage().maxRSS;
console.log(
  JSON.stringify({ loadMs, words: total, draftMs: ms, knownShare: known / total, peakKb }),
);
