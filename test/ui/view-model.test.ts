import { describe, expect, it } from "vitest";

import type { FbtrEvent } from "../../src/base/events.ts";
import { EMPTY_VIEW, viewAfter } from "../../src/ui/view-model.ts";
import { STARTED, eventOf, progressWith, reportWith } from "../support/reports.ts";

const viewOf = (...events: FbtrEvent[]) => events.reduce(viewAfter, EMPTY_VIEW);
const started = eventOf("translation_started", { ...STARTED, items_resumed: 100 });

describe("the view of a running book", () => {
  it("begins with what an earlier run has done", () => {
    expect(viewOf(started).book).toMatchObject({
      title: "Война и мир",
      engine: "draft (built in, needs no network)",
      share: 0.1,
      percent: "10.0 %",
      segments: "100/1,000 segments",
      sections: "0/30 sections",
      pace: [],
    });
  });

  it("follows the progress: speed, time left, unknown words, flagged segments, chapter", () => {
    expect(viewOf(started, eventOf("translation_progress", progressWith())).book).toMatchObject({
      share: 0.402,
      sections: "12/30 sections",
      segments: "402/1,000 segments",
      chapter: "Глава XIII",
      pace: ["40 segments/s", "15 s left", "25 unknown words", "2 flagged"],
    });
  });

  it("promises no time while there is no speed", () => {
    const progress = progressWith({
      speed: 0,
      estimated_eta: 0,
      unknown_words: 0,
      items_failed: 0,
    });
    expect(viewOf(started, eventOf("translation_progress", progress)).book?.pace).toEqual([]);
  });

  it("lets no title control the terminal", () => {
    const data = { ...STARTED, book_title: "Вой\u001b[2Jна" };
    expect(viewOf(eventOf("translation_started", data)).book?.title).toBe("Вой [2Jна");
  });
});

describe("the view of finished books", () => {
  it("keeps a line for each, in their order", () => {
    const done = { outputs: ["vojna.sr.fb2"], report: reportWith() };
    const error = { error: "Cannot read nix.fb2", code: "BOOK_UNREADABLE" };
    const interrupted = { items_completed: 1200, items_total: 4006 };
    const view = viewOf(
      started,
      eventOf("translation_completed", done, 65_000),
      eventOf("translation_error", error, 66_000),
      started,
      eventOf("translation_interrupted", interrupted, 70_000),
    );
    expect(view.book).toBeUndefined();
    expect(view.finished.map(({ end, line }) => [end, line])).toEqual([
      ["completed", "✓ Война и мир: 1 min 05 s"],
      ["failed", "✗ Cannot read nix.fb2"],
      ["interrupted", "‖ Война и мир: interrupted, 1,200 of 4,006 segments saved"],
    ]);
    expect(new Set(view.finished.map(({ key }) => key)).size).toBe(3);
  });

  it("ignores progress of a book that is not running", () => {
    expect(viewOf(eventOf("translation_progress", progressWith()))).toBe(EMPTY_VIEW);
  });
});
