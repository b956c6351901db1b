import { setTimeout } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { LiveScreen } from "../../src/ui/live-screen.tsx";
import { FakeTty } from "../support/fake-tty.ts";
import { STARTED, eventOf, progressWith, reportWith } from "../support/reports.ts";

function screenOn(tty: FakeTty): LiveScreen {
  return new LiveScreen(tty as unknown as NodeJS.WriteStream, { hasColor: false });
}

const completed = eventOf(
  "translation_completed",
  { outputs: ["vojna.sr.fb2"], report: reportWith() },
  9000,
);

describe("the live screen", () => {
  it("ends with a true last frame, and writes the report below it", async () => {
    const tty = new FakeTty();
    const screen = screenOn(tty);
    screen.print(eventOf("translation_started", STARTED));
    screen.print(eventOf("translation_progress", progressWith()));
    screen.print(completed);
    screen.tell("Segments  all\n");
    await screen.close();
    expect(tty.drawn).toContain("✓ Война и мир: 9.0 s");
    expect(tty.drawn.endsWith("Segments  all\n")).toBe(true);
    expect(tty.drawn.lastIndexOf("█")).toBeLessThan(tty.drawn.indexOf("✓"));
  });

  it("draws at most 15 times a second", async () => {
    const tty = new FakeTty();
    const screen = screenOn(tty);
    screen.print(eventOf("translation_started", STARTED));
    for (let done = 1; done <= 200; done += 1) {
      screen.print(eventOf("translation_progress", progressWith({ items_completed: done })));
      await setTimeout(2);
    }
    const frames = tty.drawn.split("segments/s").length - 1;
    await screen.close();
    expect(frames).toBeGreaterThan(1);
    expect(frames).toBeLessThan(20);
  });

  it("says what Ctrl-C does once the run is ending", async () => {
    const tty = new FakeTty();
    const screen = screenOn(tty);
    screen.print(eventOf("translation_started", STARTED));
    screen.drain("Ctrl-C again stops at once");
    await setTimeout(100);
    await screen.close();
    expect(tty.drawn).toContain("Ctrl-C again stops at once");
  });

  it("writes errors below the last frame, where they can be copied", async () => {
    const tty = new FakeTty();
    const screen = screenOn(tty);
    screen.print(eventOf("translation_error", { error: "Cannot read x", code: "BOOK_UNREADABLE" }));
    screen.fail({ text: `fbtr: ${"x".repeat(200)}\n` });
    await screen.close();
    expect(tty.drawn.endsWith(`fbtr: ${"x".repeat(200)}\n`)).toBe(true);
  });
});
