import { readFile } from "node:fs/promises";

import { expect, it } from "vitest";

import type { Translator } from "../../src/engine/translator.ts";
import { showFindings } from "../../src/job/jobs.ts";
import { translateWith } from "../../src/job/pipeline.ts";
import { openStateFile } from "../../src/job/state-file.ts";
import {
  bookOf,
  choosing,
  requestFor,
  scriptedTranslator,
  surroundingsIn,
} from "../support/job-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

const BOOK = bookOf("Дом", [
  [
    "Дом и сад",
    "Мама тихо пела песенку о далёком море.",
    "Кот ловил мышку на чердаке старого дома.",
  ],
  ["Дом и сад", "Пришла весна, и снег растаял за один день."],
]);
const LONG = "Старац је дуго седео крај ватре и ћутао, а напољу је падала киша.";

/** Answers with what `translate` says, given the source and how often it was asked before. */
function translatorOf(translate: (text: string, index: number) => string): Translator {
  return {
    ...scriptedTranslator(),
    async *translate({ segments }) {
      for (const { index, text } of segments) {
        yield { index, text: translate(text, index), unknownWords: [], words: NO_WORDS };
      }
    },
  };
}

const NO_WORDS = { total: 0, known: 0 };
const SERBIAN = new Map([
  ["Дом", "Кућа"],
  ["Дом и сад", "Кућа и врт"],
  ["Мама тихо пела песенку о далёком море.", "Мама је тихо певала песмицу о далеком мору."],
  ["Кот ловил мышку на чердаке старого дома.", "Мачак је хватао миша на тавану старе куће."],
  ["Пришла весна, и снег растаял за один день.", "Дошло је пролеће и снег се отопио за један дан."],
]);
const serbian = (text: string) => SERBIAN.get(text) ?? "";

it("flags both of two paragraphs that got one translation, and asks for them again", async () => {
  await using dir = await tempDir();
  const { environment } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK);
  const shifted = translatorOf((text) => (/^Мама|^Кот/u.test(text) ? LONG : serbian(text)));
  const report = await translateWith(choosing(shifted), request, environment);
  expect(report.snapshot).toMatchObject({ state: "incomplete", segments: { flagged: 2 } });
  expect(report.flagged).toMatchObject([
    {
      paragraph: 1,
      reason: expect.stringMatching(/^two paragraphs with the same translation: С/u),
    },
    { paragraph: 2, excerpt: expect.stringMatching(/^Кот/u) },
  ]);
  const written = () => readFile(request.outputs[0]?.path ?? "", "utf8");
  expect(await written()).toContain("<p>Кот ловил мышку");
  expect(await written()).not.toContain(LONG);

  const good = translatorOf(serbian);
  const redo = { ...request, redo: { flagged: true, draft: false, sections: [] } };
  const mended = await translateWith(choosing(good), redo, environment);
  expect(mended.snapshot).toMatchObject({ state: "done", segments: { flagged: 0 } });
  expect(mended.flagged).toEqual([]);
  expect(await written()).toContain("<p>Мачак је хватао миша");
});

it("tells once what shows only in the whole book, however often it is written", async () => {
  await using dir = await tempDir();
  const { environment } = surroundingsIn(dir.path);
  const request = await requestFor(dir.path, BOOK);
  const varying = translatorOf((text, index) => {
    return text === "Дом и сад" ? (index < 3 ? "Кућа и врт" : "Врт и кућа") : serbian(text);
  });
  const first = await translateWith(choosing(varying), request, environment);
  const second = await translateWith(choosing(varying), request, environment);
  for (const { snapshot, findings } of [first, second]) {
    expect(snapshot.state).toBe("done");
    expect(findings).toMatchObject([
      {
        check: "C54",
        severity: "hint",
        title: "the same text is rendered differently",
        count: 1,
        first: [{ section: 2, kind: "title", excerpt: "Врт и кућа" }],
      },
    ]);
  }
  const all = [...showFindings(environment.stateFolder, first.snapshot.id)];
  expect(all).toEqual(first.findings[0]?.first);
});

it("does not call a job done of whose segments one got lost (C61)", async () => {
  await using dir = await tempDir();
  const { environment } = surroundingsIn(dir.path, { maxBatchSegments: 1 });
  const request = await requestFor(dir.path, BOOK);
  const losing = translatorOf((text) => {
    if (text.startsWith("Пришла")) {
      const database = openStateFile(environment.stateFolder);
      database.exec("UPDATE segment SET state = 'kept', result = NULL WHERE idx = 2");
      database.close();
    }
    return serbian(text);
  });
  const report = await translateWith(choosing(losing), request, environment);
  expect(report.snapshot.state).toBe("incomplete");
  expect(report.warnings).toEqual([
    `${dir.file("book.sr.fb2")}: C61: 5 of 6 segments are translated in the file, 6 of 6 segments in the job`,
    "C61: 1 segment is neither translated nor listed; translate the book again (--fresh)",
  ]);
});

it("finds every segment of a whole job accounted for", async () => {
  await using dir = await tempDir();
  const { environment } = surroundingsIn(dir.path);
  const kept = bookOf("Дом", [["Дом и сад", "* * *", "Дом и сад"]]);
  const request = await requestFor(dir.path, kept);
  const some = translatorOf((text) => (text === "Дом" ? "" : serbian(text)));
  const report = await translateWith(choosing(some), request, environment);
  expect(report.snapshot).toMatchObject({ state: "incomplete", segments: { flagged: 1 } });
  expect(report.snapshot.segments.kept).toBeGreaterThan(0);
  expect(report.warnings).toEqual([]);
});
