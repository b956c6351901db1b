import { expect, it } from "vitest";

import { jobsTable } from "../../../src/report/jobs-table.ts";
import { snapshotWith } from "../../support/reports.ts";

const NOW = Date.parse("2026-11-24T10:31:00.000Z");

it("lines up jobs in columns", () => {
  const running = snapshotWith({
    state: "interrupted",
    segments: { total: 4006, translated: 1200, kept: 3, flagged: 2, resumed: 0, remembered: 0 },
  });
  expect(jobsTable([running, snapshotWith({ input: "-" })], NOW)).toBe(
    [
      "ID                STATE        DONE         TOUCHED     ENGINE  BOOK",
      "73bbecc0d8f9f962  interrupted  1,205/4,006  30 min ago  draft   Война и мир (vojna.fb2)",
      "73bbecc0d8f9f962  done         1,010/1,010  30 min ago  draft   Война и мир (standard input)",
      "",
    ].join("\n"),
  );
});

it.each([
  ["2026-11-24T10:30:30.000Z", "just now"],
  ["2026-11-24T07:00:00.000Z", "3 h ago"],
  ["2026-11-20T07:00:00.000Z", "4 d ago"],
  ["2026-01-20T07:00:00.000Z", "2026-01-20"],
])("says of a job touched at %s: %s", (updatedAt, touched) => {
  expect(jobsTable([snapshotWith({ updatedAt })], NOW)).toContain(`  ${touched}  `);
});

it("says how to begin where there are no jobs", () => {
  expect(jobsTable([], NOW)).toContain("fbtr translate");
});
