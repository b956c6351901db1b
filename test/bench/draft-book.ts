import { segmentsOf } from "../../src/book/reading.ts";
import { openBook } from "../../src/book/source.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";

/**
 * Drafts the book of the first argument and prints what it took as JSON: milliseconds to load, words
 * and milliseconds of the second of two passes (the first warms up), share of known words, peak
 * memory in kB.
 */
const [path = ""] = process.argv.slice(2);
const start = performance.now();
const engine = await createDraftEngine();
const loadMs = performance.now() - start;
const texts: string[] = [];
for await (const { text, skip } of segmentsOf(await openBook(path), "ru")) {
  if (skip === undefined) texts.push(text);
}
for (const text of texts) engine.translate(text);
const began = performance.now();
let total = 0;
let known = 0;
for (const text of texts) {
  const { words } = engine.translate(text);
  total += words.total;
  known += words.known;
}
const draftMs = performance.now() - began;
const peakKb = process.resourceUsage().maxRSS;
console.log(JSON.stringify({ loadMs, words: total, draftMs, knownShare: known / total, peakKb }));
