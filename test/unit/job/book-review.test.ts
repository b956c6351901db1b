import type { DatabaseSync } from "node:sqlite";

import fc from "fast-check";
import { expect, it } from "vitest";

import { BookReview } from "../../../src/job/book-review.ts";
import { openStateFile } from "../../../src/job/state-file.ts";
import { tempDir } from "../../support/temp-dir.ts";

const LONG = "Старац је дуго седео крај ватре и ћутао, а напољу је падала киша.";
/** The second and the third got one answer (C41), a refrain is rendered in two ways (C54). */
const BOOK = [
  ["Дом и сад", "Кућа и врт"],
  ["Мама тихо пела песенку о далёком море.", LONG],
  ["Кот ловил мышку на чердаке старого дома.", LONG],
  ["Дом и сад", "Врт и кућа"],
  ["Пришла весна, и снег растаял за один день.", "Дошло је пролеће и снег се отопио."],
] as const;

function openJob(folder: string): DatabaseSync {
  const database = openStateFile(folder);
  database.exec("INSERT INTO job (id, snapshot) VALUES ('j', '{}')");
  const add = database.prepare(
    "INSERT INTO segment (job, idx, source, section, state) VALUES ('j', ?, ?, 1, 'open')",
  );
  for (const [index, [text]] of BOOK.entries()) {
    add.run(index, JSON.stringify({ index, text, kind: "text", element: "p", section: 1 }));
  }
  return database;
}

function translate(database: DatabaseSync, index: number): void {
  const result = { index, text: BOOK[index]?.[1], unknownWords: [], words: { total: 0, known: 0 } };
  database
    .prepare("UPDATE segment SET state = 'translated', result = ? WHERE idx = ?")
    .run(JSON.stringify(result), index);
}

const foundIn = (database: DatabaseSync) =>
  database.prepare("SELECT idx, check_id FROM finding ORDER BY idx").all();

it("finds the same at the end, whatever order the answers came in and when it looked ahead", async () => {
  const order = fc.shuffledSubarray([...BOOK.keys()], { minLength: BOOK.length });
  const looks = fc.array(fc.boolean(), { minLength: BOOK.length, maxLength: BOOK.length });
  await fc.assert(
    fc.asyncProperty(order, looks, async (indices, looksAfter) => {
      await using dir = await tempDir();
      using database = openJob(dir.path);
      const review = new BookReview(database, "j", "sr");
      for (const [at, index] of indices.entries()) {
        translate(database, index);
        if (looksAfter[at]) review.lookAhead();
      }
      expect(review.finish().map(({ index }) => index)).toEqual([1, 2]);
      expect(foundIn(database)).toEqual([{ idx: 3, check_id: "C54" }]);
    }),
    { numRuns: 20 },
  );
});

it("does its work while there is time, and stops at what is open", async () => {
  await using dir = await tempDir();
  using database = openJob(dir.path);
  const review = new BookReview(database, "j", "sr");
  for (const index of [0, 1, 3]) translate(database, index);
  review.lookAhead();
  expect(foundIn(database)).toEqual([]);
  translate(database, 2);
  review.lookAhead();
  expect(foundIn(database)).toEqual([{ idx: 3, check_id: "C54" }]);
});

it("begins anew after a run that was killed while it looked ahead", async () => {
  await using dir = await tempDir();
  using database = openJob(dir.path);
  for (const index of [0, 1, 2, 3]) translate(database, index);
  new BookReview(database, "j", "sr").lookAhead();
  translate(database, 4);
  const review = new BookReview(database, "j", "sr");
  expect(review.finish()).toHaveLength(2);
  expect(foundIn(database)).toEqual([{ idx: 3, check_id: "C54" }]);
});
