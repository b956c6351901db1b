import { setTimeout } from "node:timers/promises";

import { expect, it, vi } from "vitest";

import { FakeTty } from "../support/fake-tty.ts";
import { STARTED, eventOf, progressWith, reportWith } from "../support/reports.ts";

/** The codes that colour or style text: `31m` and so on. */
const stylesIn = (drawn: string) =>
  drawn
    .split("\u001b[")
    .slice(1)
    .flatMap((sequence) => /^[\d;]+m/.exec(sequence) ?? []);

it.each([
  [true, ["1m", "2m", "32m"]],
  [false, []],
])("colours and styles the screen only where it may: %s", async (hasColor, styles) => {
  // Read when Ink is loaded.
  vi.stubEnv("FORCE_COLOR", "1");
  const { LiveScreen } = await import("../../src/ui/live-screen.tsx");
  vi.unstubAllEnvs();
  const tty = new FakeTty();
  const screen = new LiveScreen(tty as unknown as NodeJS.WriteStream, { hasColor });
  screen.print(eventOf("translation_started", STARTED));
  screen.print(eventOf("translation_progress", progressWith()));
  await setTimeout(100);
  const done = { outputs: ["vojna.sr.fb2"], report: reportWith() };
  screen.print(eventOf("translation_completed", done, 9000));
  await screen.close();
  const ends = new Set(["22m", "39m"]);
  const used = new Set(stylesIn(tty.drawn).filter((style) => !ends.has(style)));
  expect([...used].sort()).toEqual(styles);
});
