import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { translateWith } from "../../src/job/pipeline.ts";
import type { TranslateRequest } from "../../src/job/pipeline.ts";
import type { Judge } from "../../src/engine/checking.ts";
import { laddering } from "../../src/engine/laddering.ts";
import type { Translator } from "../../src/engine/translator.ts";
import { redoWishesOf } from "../../src/plan/redo-wishes.ts";
import {
  bookOf,
  choosing,
  requestFor,
  scriptedTranslator,
  surroundingsIn,
} from "../support/job-surroundings.ts";
import { tempDir, type TempDir } from "../support/temp-dir.ts";

const BOOK = bookOf("Книга", [
  ["Глава один", "Мама дома", "Папа дома"],
  ["Глава два", "Дом стар", "Дом нов"],
]);

/** Answers with `mark` behind each text; asks the test before each. */
function marking(
  mark: string,
  options: Parameters<typeof scriptedTranslator>[0] & { readonly name?: string } = {},
) {
  const scripted = scriptedTranslator(options);
  const translator: Translator & { readonly asked: string[] } = {
    ...scripted,
    name: options.name ?? "scripted",
    async *translate(batch, signal) {
      for await (const result of scripted.translate(batch, signal)) {
        yield { ...result, text: `${result.text} ${mark}` };
      }
    },
  };
  return translator;
}

async function translate(
  dir: TempDir,
  translator: Translator,
  more: Partial<TranslateRequest> = {},
  surroundings = surroundingsIn(dir.path, { maxBatchSegments: 1 }),
) {
  const request = await requestFor(dir.path, BOOK, more);
  const report = await translateWith(choosing(translator), request, surroundings.environment);
  const written = await readFile(dir.file("book.sr.fb2"), "utf8").catch(() => "");
  return { report, written };
}

const paragraphs = (book: string) =>
  [...book.matchAll(/<p>(.*?)<\/p>/gs)]
    .map((match) => match[1])
    .filter((text) => !/by fbtr/.test(text ?? ""));

describe("a redo", () => {
  it("of a section asks for it again, memory or not, and leaves the rest", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"));
    const second = marking("друго");
    const { report, written } = await translate(dir, second, { redo: redoWishesOf("Глава два") });
    expect(second.asked).toEqual(["Глава два", "Дом стар", "Дом нов"]);
    expect(report.snapshot).toMatchObject({
      state: "done",
      segments: { translated: 7, resumed: 4 },
    });
    expect(paragraphs(written)).toEqual([
      "Глава один прво",
      "Мама дома прво",
      "Папа дома прво",
      "Глава два друго",
      "Дом стар друго",
      "Дом нов друго",
    ]);
  });

  it("that was interrupted goes on where it was, and a finished one can be asked for again", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"));
    const surroundings = surroundingsIn(dir.path, { maxBatchSegments: 1 });
    const second = marking("друго", {
      before: (text) => {
        if (text === "Дом стар") surroundings.drain.abort();
      },
    });
    const redo = redoWishesOf("2");
    const first = await translate(dir, second, { redo }, surroundings);
    expect(first.report.snapshot.state).toBe("interrupted");
    expect(second.asked).toEqual(["Глава два", "Дом стар"]);
    const third = marking("треће");
    const { written } = await translate(dir, third, { redo });
    expect(third.asked).toEqual(["Дом нов"]);
    expect(paragraphs(written).slice(3)).toEqual([
      "Глава два друго",
      "Дом стар друго",
      "Дом нов треће",
    ]);
    const fourth = marking("четврто");
    await translate(dir, fourth, { redo });
    expect(fourth.asked).toHaveLength(3);
  });

  it("of drafts asks the model for what the draft engine gave in its place", async () => {
    await using dir = await tempDir();
    const bad = (index: number) => index === 2 || index === 5;
    const ladder = (isBad: (index: number) => boolean, mark: string) => {
      const model = marking(mark);
      const draft = marking("нацрт", { name: "draft", version: "9", priority: 0 });
      const judge: Judge = ({ index }, { text }) => {
        return { faults: isBad(index) && !text.endsWith("нацрт") ? ["bad"] : [], findings: [] };
      };
      return { model, translator: laddering({ primary: model, fallbacks: [draft], judge }) };
    };
    const before = await translate(dir, ladder(bad, "модел").translator);
    expect(paragraphs(before.written)[1]).toBe("Мама дома нацрт");
    const again = ladder((index) => index === 5, "бољи");
    const { written } = await translate(dir, again.translator, { redo: redoWishesOf("draft") });
    expect(new Set(again.model.asked)).toEqual(new Set(["Мама дома", "Дом стар"]));
    expect(paragraphs(written)).toEqual([
      "Глава один модел",
      "Мама дома бољи",
      "Папа дома модел",
      "Глава два модел",
      "Дом стар нацрт",
      "Дом нов модел",
    ]);
  });

  it("that gets no good answer leaves the earlier one in the book, and says so", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"));
    const { report, written } = await translate(dir, marking("ыыы"), { redo: redoWishesOf("1") });
    expect(report.snapshot).toMatchObject({ state: "done", segments: { flagged: 0 } });
    expect(report.warnings).toEqual(["no better translation of 3 segments: the earlier one stays"]);
    expect(paragraphs(written)[0]).toBe("Глава один прво");
  });

  it("stays within the sections that are chosen", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"));
    const second = marking("друго");
    const wishes = { redo: redoWishesOf("0,1,2"), only: ["1"] };
    const { written } = await translate(dir, second, wishes);
    expect(second.asked).toEqual(["Глава один", "Мама дома", "Папа дома"]);
    expect(paragraphs(written).slice(2, 4)).toEqual(["Папа дома друго", "Глава два"]);
    expect(paragraphs((await translate(dir, marking("треће"))).written)[3]).toBe("Глава два прво");
  });

  it("of nothing says so", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"));
    const { report } = await translate(dir, marking("друго"), { redo: redoWishesOf("flagged") });
    expect(report.warnings).toEqual(["--redo found nothing that is to be translated again"]);
  });
});

describe("a part of a book", () => {
  it("is translated alone: the rest stays to the byte and counts as kept", async () => {
    await using dir = await tempDir();
    const translator = marking("прво");
    const { report, written } = await translate(dir, translator, { only: ["Глава два"] });
    expect(translator.asked).toEqual(["Глава два", "Дом стар", "Дом нов"]);
    expect(report.snapshot.state).toBe("done");
    expect(report.keptByReason).toEqual({ "not chosen": 4 });
    const bodyOf = (book: string) => /<body>.*<\/body>/s.exec(book)?.[0];
    expect(bodyOf(written)?.replaceAll(" прво", "")).toBe(bodyOf(BOOK));
  });

  it("is not paid for again when the whole book is wanted", async () => {
    await using dir = await tempDir();
    await translate(dir, marking("прво"), { only: ["2"] });
    const translator = marking("друго");
    const { written } = await translate(dir, translator);
    expect(translator.asked).toEqual(["Книга", "Глава один", "Мама дома", "Папа дома"]);
    expect(paragraphs(written)[3]).toBe("Глава два прво");
    const { written: part } = await translate(dir, marking("треће"), { only: ["1"] });
    expect(paragraphs(part)).toContain("Дом стар");
  });

  it("that the book does not have makes no job", async () => {
    await using dir = await tempDir();
    const failed = translate(dir, marking("прво"), { only: ["Глава три"] });
    await expect(failed).rejects.toMatchObject({ code: "USAGE_INVALID" });
    await expect(readFile(dir.file("state/state.sqlite"))).rejects.toThrow("ENOENT");
  });
});
