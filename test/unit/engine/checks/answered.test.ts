import { expect, it } from "vitest";

import { ANSWER_CHECK } from "../../../../src/engine/checks/answered.ts";
import { titleOfCheck } from "../../../../src/engine/checks/table.ts";

const { find } = ANSWER_CHECK;

it.each([
  [3, [1, 2, 3]],
  [3, [3, 1, 2]],
  [1, [1]],
  [0, []],
])("C10 lets pass %i segments answered as %j", (asked, answered) => {
  expect(find({ asked, answered })).toBeUndefined();
});

it.each([
  [3, [1, 3], "1 of 3 without an answer"],
  [2, [], "2 of 2 without an answer"],
  [2, [1, 2, 2], "1 answered again"],
  [2, [1, 2, 3], "1 answered that nobody asked for"],
  [2, [0, 1, 2], "1 answered that nobody asked for"],
  [
    3,
    [1, 1, 7, 7, 2],
    "1 of 3 without an answer, 2 answered again, 1 answered that nobody asked for",
  ],
])("C10 strikes %i segments answered as %j", (asked, answered, detail) => {
  expect(find({ asked, answered })).toBe(detail);
});

it("C10 has a title in the table of checks", () => {
  expect(titleOfCheck("C10")).toBe("answers and segments do not match one to one");
});
