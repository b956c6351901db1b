import { describe, expect, it } from "vitest";

import { countText, durationText, shareText } from "../../../src/base/amount.ts";

describe("amounts for people", () => {
  it("groups the digits of large counts", () => {
    expect([countText(7), countText(1234), countText(1_234_567.4)]).toEqual([
      "7",
      "1,234",
      "1,234,567",
    ]);
  });

  it("says 100 % only when nothing is missing", () => {
    expect(shareText(9999, 10_000)).toBe("99.9 %");
    expect(shareText(10_000, 10_000)).toBe("100.0 %");
    expect(shareText(57, 100)).toBe("57.0 %");
  });

  it.each([
    [0, "0.0 s"],
    [9940, "9.9 s"],
    [9999, "10 s"],
    [59_499, "59 s"],
    [59_999, "1 min 00 s"],
    [125_000, "2 min 05 s"],
    [3_599_999, "1 h 00 min"],
    [12_000_000, "3 h 20 min"],
    [359_999_999, "100 h 00 min"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
