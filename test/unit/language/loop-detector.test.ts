import { expect, it } from "vitest";

import { LoopDetector } from "../../../src/language/loop-detector.ts";

/** Feeds the text in pieces; true if the detector ever says so. */
function isLoop(text: string, piece: number): boolean {
  const detector = new LoopDetector();
  for (let at = 0; at < text.length; at += piece) {
    if (detector.push(text.slice(at, at + piece))) return true;
  }
  return false;
}

const PROSE = Array.from({ length: 300 }, (_, at) => `Реч${at} иде ка речи${at + 1}, и опет`).join(
  " ",
);

it.each([1, 7, 1000])("sees words that come again and again, in pieces of %i", (piece) => {
  expect(isLoop(`${PROSE} ${"и он је рекао да је ".repeat(60)}`, piece)).toBe(true);
});

it("sees a letter without end", () => {
  expect(isLoop(`${PROSE} ${"а".repeat(600)}`, 5)).toBe(true);
});

it.each([1, 7, 1000])("leaves prose alone, in pieces of %i", (piece) => {
  expect(isLoop(PROSE, piece)).toBe(false);
});

it("leaves a refrain alone", () => {
  const refrain = "Ој, ладо, ладо моја. ";
  expect(
    isLoop(
      Array.from({ length: 20 }, (_, at) => `Стих ${at} иде даље и даље. ${refrain}`).join(""),
      9,
    ),
  ).toBe(false);
});
