import { expect, it } from "vitest";

import { nearestWord } from "../../../src/config/spelling.ts";

it.each([
  ["prot", "port"],
  ["hostt", "host"],
  ["max_capacty", "max_capacity"],
  ["MAX_CAPACITY", "max_capacity"],
  ["kubernetes", undefined],
])("takes %s for %s", (word, meant) => {
  expect(nearestWord(word, ["host", "port", "max_capacity"])).toBe(meant);
});

it("prefers the nearest one", () => {
  expect(nearestWord("hosts", ["most", "host", "ghosts"])).toBe("host");
});
