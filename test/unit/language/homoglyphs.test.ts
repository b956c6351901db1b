import { describe, expect, it } from "vitest";

import { repairHomoglyphs } from "../../../src/language/homoglyphs.ts";

describe("repair of lookalike letters", () => {
  it.each([
    ["a Latin letter in a Cyrillic word", "М\u0061рсильяка", "М\u0430рсильяка"],
    ["a Cyrillic letter in a Latin word", "Lond\u043En", "Lond\u006Fn"],
    ["a Latin capital in a Cyrillic word", "\u0048аташа", "\u041Dаташа"],
  ])("replaces %s", (_, mixed, repaired) => {
    expect(repairHomoglyphs(mixed)).toBe(repaired);
  });

  it.each(["Марсильяка", "London", "Qж"])("leaves %s", (word) => {
    expect(repairHomoglyphs(word)).toBe(word);
  });
});
