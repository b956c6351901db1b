import { readFile } from "node:fs/promises";
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

const DOCUMENT_INFO =
  "<document-info><author><nickname>а</nickname></author><date>2020</date><id>1</id>" +
  "<version>1.0</version></document-info></description>";
const BOOK = bookOf("Дыня", [
  ["Щука", "Мыл", "Был"],
  ["Юла", "Чай", "Дом"],
]).replace("</description>", DOCUMENT_INFO);

/** The book as it is after so many runs that were interrupted. */
async function written(interruptions: number): Promise<string> {
  await using dir = await tempDir();
  const request = await requestFor(dir.path, BOOK, { bilingual: "translation-first" });
  for (let left = interruptions; left >= 0; left -= 1) {
    const { environment, drain } = surroundingsIn(dir.path, { maxBatchSegments: 1 });
    const before = () => (left > 0 ? drain.abort() : undefined);
    const translator = scriptedTranslator({ before });
    const report = await translateWith(choosing(translator), request, environment);
    expect(report.snapshot.state).toBe(left > 0 ? "interrupted" : "done");
  }
  return await readFile(dir.file("book.sr.fb2"), "utf8");
}

it("a book with both languages is the same after interruptions as without", async () => {
  const undisturbed = await written(0);
  expect(undisturbed).toContain(
    '<p>Мал</p><p><style name="original" xml:lang="ru">Мыл</style></p>',
  );
  expect(undisturbed).toContain("The original stands beside the translation.");
  expect(await written(3)).toBe(undisturbed);
});
