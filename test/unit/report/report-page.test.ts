import { describe, expect, it } from "vitest";

import { reportPage } from "../../../src/report/report-page.ts";
import { findingsWith, reportWith, snapshotWith } from "../../support/reports.ts";

const OPTIONS = {
  resume: "fbtr translate vojna.fb2",
  maxFlagged: 2,
  maxFindings: 2,
  maxWords: 1,
  maxDoubtful: 1,
};

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
      sectionTitle: section === 4 ? "Глава IV" : "",
      kind: "text" as const,
      element: "p",
      paragraph: 3,
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
      "Flagged     outside of sections, paragraph 3: inline markers differ: Он [2Jсказал\n",
    );
    expect(page).toContain('Flagged     section 4 "Глава IV", paragraph 3: ');
    expect(page).not.toContain("section 9");
    expect(page).toContain("and 1 more: fbtr jobs show 73bbecc0d8f9f962\n");
    expect(page).toContain("Output      vojna.sr.fb2\n");
  });

  it("counts what the checks found, places the first of each and says where all are listed", () => {
    const findings = [
      findingsWith({ check: "C30", severity: "warning", title: "numbers differ", count: 1200 }, [
        "40 is lost",
        "55\u001b[2J is lost",
        "80 is lost",
      ]),
      findingsWith({ check: "C52", severity: "hint", title: "ти and ви", count: 1 }, [""]),
    ];
    const lines = reportPage(reportWith({ findings }), OPTIONS).split("\n");
    expect(lines.slice(2, 8)).toEqual([
      "Findings    1,200 warnings, 1 hint; all of them: fbtr jobs show --findings 73bbecc0d8f9f962",
      "C30         1,200 warnings: numbers differ",
      '            section 4 "Глава IV", paragraph 1: 40 is lost',
      '            section 4 "Глава IV", paragraph 2: 55 [2J is lost',
      "C52         1 hint: ти and ви",
      '            section 4 "Глава IV", paragraph 1: Он је рекао',
    ]);
  });

  it("names no other list where all findings are placed", () => {
    const few = findingsWith({ check: "C52", severity: "hint", title: "ти and ви", count: 1 }, [
      "",
    ]);
    expect(reportPage(reportWith({ findings: [few] }), OPTIONS)).toContain("Findings    1 hint\n");
  });

  it("counts doubtful sentences, and tells the most doubtful with what was guessed", () => {
    const place = { ...findingsWith({ check: "C52", severity: "hint", title: "", count: 1 }, [""]) }
      .first[0];
    if (place === undefined) throw new TypeError("no place");
    const doubts = [{ name: "the lexicon does not hold the word", word: "фелонь", weight: 0.45 }];
    const doubtful = [
      { ...place, source: "Пришёл\u001b[2J он.", score: 0.41, doubts },
      { ...place, paragraph: 2, source: "Он надел фелонь.", score: 0.9, doubts },
    ];
    const page = reportPage(reportWith({ sentences: { total: 40, doubtful } }), OPTIONS);
    expect(page).toContain(
      [
        "Doubtful    2 of 40 sentences (5.0 %); all of them: fbtr jobs show --json 73bbecc0d8f9f962",
        '            section 4 "Глава IV", paragraph 2: Он надел фелонь.: the lexicon does not hold the word (фелонь)',
        "Time",
      ].join("\n"),
    );
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

  it("repeats warnings", () => {
    const report = reportWith({ warnings: ["the memory could not be written"] });
    const page = reportPage(report, OPTIONS);
    expect(page).toContain("Warning     the memory could not be written\n");
  });
});
