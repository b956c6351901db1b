import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  LIST,
  TEXT,
  TRUTH,
  URL_TEXT,
  choiceOf,
  integerOf,
  numberOf,
} from "../../../src/config/kinds.ts";

describe("a whole number", () => {
  const kind = integerOf({ min: 1, max: 65_535 });

  it("is read from numbers and from text, within its bounds only", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 70_000 }), (value) => {
        const expected = value >= 1 && value <= 65_535 ? value : undefined;
        expect([kind.read(value), kind.read(String(value))]).toEqual([expected, expected]);
      }),
    );
  });

  it.each([
    [1.5],
    [Number.NaN],
    ["1.5"],
    ["0x1F"],
    ["1e3"],
    [""],
    [" "],
    ["five"],
    [true],
    [null],
    [[1]],
  ])("is not %j", (raw) => {
    expect(kind.read(raw)).toBeUndefined();
  });

  it.each([
    [{ min: 1 }, "a whole number above 0"],
    [{ min: 0 }, "a whole number of at least 0"],
    [{ min: 1, unit: "seconds" }, "a whole number of seconds above 0"],
    [{ min: 1, max: 9 }, "a whole number from 1 to 9"],
  ])("says what it expects: %j", (bounds, expected) => {
    expect(integerOf(bounds).expected).toBe(expected);
  });
});

it("a number may have a fraction, but must be finite", () => {
  const { read } = numberOf({ min: 0, max: 2 });
  expect([0, 0.5, "0.5", 2].map(read)).toEqual([0, 0.5, 0.5, 2]);
  expect([-0.1, 2.1, Infinity, "Infinity"].map(read)).toEqual(Array.from({ length: 4 }));
});

it("a truth value may be written in the words of shells", () => {
  expect([true, "true", "Yes", "on", "1"].map(TRUTH.read)).toEqual(Array(5).fill(true));
  expect([false, "false", "NO", "off", "0"].map(TRUTH.read)).toEqual(Array(5).fill(false));
  expect([1, 0, "", "maybe", null].map(TRUTH.read)).toEqual(Array.from({ length: 5 }));
});

it("a list may be written with commas, and has no empty items", () => {
  expect(LIST.read("a, b")).toEqual(["a", "b"]);
  expect(LIST.read([])).toEqual([]);
  expect(["a,,b", "", ["a", ""], [1], {}].map(LIST.read)).toEqual(Array.from({ length: 5 }));
});

it("a URL is one of the web, without user, password and query", () => {
  expect(URL_TEXT.read("http://localhost:11434")).toBe("http://localhost:11434");
  const wrong = [
    "localhost",
    "ftp://host",
    "http://user@host",
    "http://a:b@host",
    "http://host/?key=k",
    5,
  ];
  expect(wrong.map(URL_TEXT.read)).toEqual(Array.from({ length: 6 }));
});

it("a choice has its words, and other words for them", () => {
  const kind = choiceOf(["cyrillic", "latin"], { default: "cyrillic" });
  expect(["latin", "default"].map(kind.read)).toEqual(["latin", "cyrillic"]);
  expect(["Latin", "toString", 5].map(kind.read)).toEqual(Array.from({ length: 3 }));
});

it("text is not made of other things", () => {
  expect([5, true, null, ["a"]].map(TEXT.read)).toEqual(Array.from({ length: 4 }));
});
