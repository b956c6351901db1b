import { describe, expect, it } from "vitest";

import type { BookSection } from "../../../src/book/sections.ts";
import { FbtrError } from "../../../src/base/errors.ts";
import { chooseSections } from "../../../src/plan/section-choice.ts";
import { redoWishesOf } from "../../../src/plan/redo-wishes.ts";

const SECTIONS: readonly BookSection[] = [
  { number: 1, depth: 1, title: "Часть первая" },
  { number: 2, depth: 2, title: "Глава 1 Дверь" },
  { number: 3, depth: 2, title: "Глава 10" },
  { number: 4, depth: 1, title: "Часть вторая" },
  { number: 5, depth: 2, title: "" },
  { number: 6, depth: 1, body: "notes", title: "1" },
  { number: 7, depth: 1, body: "notes", title: "2" },
];

function hintOf(wish: string): string | undefined {
  try {
    chooseSections([wish], SECTIONS);
  } catch (error) {
    return error instanceof FbtrError ? error.hint : undefined;
  }
  return undefined;
}

describe("sections are chosen", () => {
  it.each([
    ["by number", ["3"], [3]],
    ["with what stands inside them", ["1"], [1, 2, 3]],
    ["as a range", ["2-4"], [2, 3, 4, 5]],
    ["as a range that ends behind the book", ["5-99"], [5, 6, 7]],
    ["by the name of a body", ["notes"], [6, 7]],
    ["by the beginning of a title, whatever its capitals", ["часть вт"], [4, 5]],
    ["by whole words of a title where there are such", ["Глава 1"], [2]],
    ["by the beginning of several titles", ["глава"], [2, 3]],
    ["for what stands outside of sections", ["0"], [0]],
    ["each once, in the order of the book", ["notes", "3", "1"], [1, 2, 3, 6, 7]],
  ])("%s", (_, wishes, numbers) => {
    expect(chooseSections(wishes, SECTIONS)).toEqual(numbers);
  });

  it("or refused with the nearest ones named", () => {
    expect(hintOf("Глова 1")).toMatch(/^Nearest: 2 “Глава 1 Дверь”, 3 “Глава 10”/);
    expect(hintOf("99")).toBe("The last one is 7 “2”.");
    expect(() => chooseSections(["1"], [])).toThrow("the book has no section 1");
  });
});

it("what is to be redone is read from a list", () => {
  expect(redoWishesOf("draft, 3-5,Глава 1,")).toEqual({
    flagged: false,
    draft: true,
    sections: ["3-5", "Глава 1"],
  });
});
