import { openBook } from "../../src/book/source.ts";
import { writeBook } from "../../src/book/writing.ts";

/** Rewrites the book of the first argument to the second, and prints its peak memory in kB. */
const [input = "", output = ""] = process.argv.slice(2);
const target = { path: output, format: "fb2", date: new Date() } as const;
await writeBook(await openBook(input), target, {
  sourceLanguage: "ru",
  translationOf: () => undefined,
});
console.log(process.resourceUsage().maxRSS);
