import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

import { translateWith } from "../../src/job/pipeline.ts";
import {
  bookOf,
  choosing,
  requestFor,
  scriptedTranslator,
  surroundingsIn,
} from "../support/job-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const BOOK = bookOf("Дом", [["Дом", "Мама дома", "Папа дома незнамка"]]);
/** The same text, but another file and so another job. */
const SAME_TEXT = `${BOOK}<!-- a second edition -->`;

async function run(folder: string, text: string, translator = scriptedTranslator(), fresh = false) {
  const { environment } = surroundingsIn(folder);
  const request = await requestFor(folder, text, { fresh });
  const report = await translateWith(choosing(translator), request, environment);
  return { report, asked: translator.asked, written: await readFile(join(folder, "book.sr.fb2")) };
}

it("asks no engine for a text that another job has translated", async () => {
  await using dir = await tempDir();
  const first = await run(dir.path, BOOK);
  const second = await run(dir.path, SAME_TEXT);
  // "Дом" is the title of the book and of its section: not the same kind of text.
  expect(first.asked).toEqual(["Дом", "Дом", "Мама дома", "Папа дома незнамка"]);
  expect(second.asked).toEqual([]);
  expect(second.report).toMatchObject({
    snapshot: { segments: { translated: 4, remembered: 4, resumed: 0 } },
    unknownWords: [{ word: "незнамка", count: 1 }],
  });
  const bodyOf = (book: Buffer) => /<body>.*<\/body>/s.exec(book.toString())?.[0];
  expect(bodyOf(second.written)).toContain("Мама дома");
  expect(bodyOf(second.written)).toBe(bodyOf(first.written));
});

it("asks again when the engine has another version, or the user wants it fresh", async () => {
  await using dir = await tempDir();
  await run(dir.path, BOOK);
  const newer = await run(dir.path, SAME_TEXT, scriptedTranslator({ version: "2" }));
  expect(newer.asked).toHaveLength(4);
  const fresh = await run(dir.path, SAME_TEXT, scriptedTranslator(), true);
  expect(fresh.asked).toHaveLength(4);
});

it("does not remember what a fallback gave as if the engine had given it", async () => {
  await using dir = await tempDir();
  const model = scriptedTranslator();
  const byFallback = {
    ...model,
    async *translate(...args: Parameters<typeof model.translate>) {
      for await (const result of model.translate(...args)) yield { ...result, fallback: "draft" };
    },
  };
  await run(dir.path, BOOK, byFallback);
  expect((await run(dir.path, SAME_TEXT)).asked).toHaveLength(4);
});

it("remembers nothing of an engine that is quicker than the memory", async () => {
  await using dir = await tempDir();
  await run(dir.path, BOOK, scriptedTranslator({ priority: 0 }));
  const second = await run(dir.path, SAME_TEXT, scriptedTranslator({ priority: 0 }));
  expect(second.asked).toHaveLength(4);
  await expect(readFile(dir.file("cache/memory.sqlite"))).rejects.toThrow("ENOENT");
});

it("does the work all the same when the memory cannot be used, and says so", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("cache"), "a file in the place of the folder");
  const { report, asked } = await run(dir.path, BOOK);
  expect(asked).toHaveLength(4);
  expect(report.snapshot.state).toBe("done");
  expect(report.warnings).toEqual([expect.stringContaining("memory is not used: ")]);
});

it("begins a damaged memory anew", async () => {
  await using dir = await tempDir();
  await mkdir(dir.file("cache"));
  await writeFile(dir.file("cache/memory.sqlite"), "this is no database".repeat(100));
  const first = await run(dir.path, BOOK);
  expect(first.report.warnings).toEqual([]);
  expect((await run(dir.path, SAME_TEXT)).asked).toEqual([]);
});
