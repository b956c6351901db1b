import { renderToString } from "ink";
import { describe, expect, it } from "vitest";

import { ScreenFrame } from "../../src/ui/run-screen.tsx";
import { EMPTY_VIEW, viewAfter } from "../../src/ui/view-model.ts";
import { STARTED, eventOf, progressWith, reportWith } from "../support/reports.ts";

const started = viewAfter(EMPTY_VIEW, eventOf("translation_started", STARTED));
const running = viewAfter(started, eventOf("translation_progress", progressWith(), 10_000));

function frameOf(view: typeof running, columns: number): string {
  return renderToString(<ScreenFrame view={view} columns={columns} hasColor={false} />, {
    columns,
  });
}

describe("a frame of the live screen", () => {
  it("shows the book, the engine and why, a bar, amounts, pace and what Ctrl-C does", () => {
    expect(frameOf(running, 80).split("\n")).toEqual([
      "Война и мир  draft (built in, needs no network)",
      `${"█".repeat(16)}${"░".repeat(24)} 40.2 %`,
      "402/1,000 segments, 12/30 sections",
      "Глава XIII",
      "40 segments/s, 15 s left, 25 unknown words, 2 flagged",
      "Ctrl-C saves what is done and stops",
    ]);
  });

  it.each([12, 20, 40, 59, 200])("fits into %d columns", (columns) => {
    const lines = frameOf(running, columns).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.length).toBeLessThanOrEqual(6);
    expect(lines[1]).toContain("40.2 %");
  });

  it("keeps a line of a finished book and drops its progress", () => {
    const data = { outputs: ["vojna.sr.fb2"], report: reportWith() };
    const done = viewAfter(running, eventOf("translation_completed", data, 12_000));
    expect(frameOf(done, 80).trim()).toBe("✓ Война и мир: 12 s");
  });
});
