import { describe, expect, it } from "vitest";

import { reportPage } from "../../../src/report/report-page.ts";
import { reportWith, snapshotWith } from "../../support/reports.ts";

const OPTIONS = { resume: "fbtr translate vojna.fb2", maxFlagged: 2, maxWords: 1 };

describe("the report page", () => {
  it("tells segments, kept ones with reasons, words, time and output of a done book", () => {
    expect(reportPage(reportWith(), OPTIONS)).toBe(
      [
        "Book        Война и мир (vojna.fb2)",
        "Segments    1,000 of 1,010 translated, 10 kept (7 no letters, 3 other language)",
        "Words       98.5 % of 10,000 known (names aside)",
        "Unknown     фелонь 14, and 39 more",
        "Time        20 s, 500 words/s",
        "Output      vojna.sr.fb2",
        "Job         73bbecc0d8f9f962, done",
        "",
      ].join("\n"),
    );
  });

  it("places each flagged segment and says where the rest is listed", () => {
    const flagged = [0, 4, 9].map((section) => ({
      index: section,
      section,
      element: "p",
      reason: "inline markers differ",
      excerpt: "Он \u001b[2Jсказал",
    }));
    const segments = { ...snapshotWith().segments, flagged: 3, translated: 997 };
    const snapshot = snapshotWith({ state: "incomplete", segments });
    const page = reportPage(reportWith({ flagged, snapshot }), OPTIONS);
    expect(page).toContain(
      "997 of 1,010 translated, 10 kept (7 no letters, 3 other language), 3 flagged\n",
    );
    expect(page).toContain(
      "Flagged     outside of sections, p: inline markers differ: Он [2Jсказал\n",
    );
    expect(page).toContain("Flagged     section 4, p: ");
    expect(page).not.toContain("section 9");
    expect(page).toContain("and 1 more: fbtr jobs show 73bbecc0d8f9f962\n");
    expect(page).toContain("Output      vojna.sr.fb2\n");
  });

  it("tells how to go on with an interrupted book, and names no output", () => {
    const segments = { ...snapshotWith().segments, translated: 300, resumed: 100 };
    const snapshot = snapshotWith({ state: "interrupted", segments, input: "-" });
    const page = reportPage(reportWith({ snapshot }), OPTIONS);
    expect(page).toContain("300 of 1,010 translated, 100 of them earlier, 10 kept");
    expect(page).toContain(", 700 open\n");
    expect(page).toContain("Go on with  fbtr translate vojna.fb2\n");
    expect(page).toContain("Война и мир (standard input)");
    expect(page).not.toContain("Output");
  });

  it("counts only the words of this run into its speed", () => {
    const segments = { ...snapshotWith().segments, resumed: 500, remembered: 250 };
    const page = reportPage(reportWith({ snapshot: snapshotWith({ segments }) }), OPTIONS);
    expect(page).toContain("Time        20 s, 125 words/s\n");
  });

  it("repeats warnings and names outputs as it is told to", () => {
    const report = reportWith({ warnings: ["the memory could not be written"] });
    const page = reportPage(report, { ...OPTIONS, outputs: ["standard output"] });
    expect(page).toContain("Warning     the memory could not be written\n");
    expect(page).toContain("Output      standard output\n");
  });
});
