import { expect, it } from "vitest";

import { sameMarkers, withoutMarkers } from "../../../src/book/markers.ts";
import { markUp, render } from "../../../src/book/markup.ts";

it.each([
  ["<1>а</1> <2/>", "<2/> <1>б</1>", true],
  ["<1>а</1>", "б", false],
  ["<1>а</1>", "<1>б</1><1>б</1>", false],
  ["<1>а</1><2>б</2>", "<1>а<2>б</1></2>", false],
  ["<1/>", "<2/>", false],
  ["а < б", "а < б", true],
])("knows whether the markers of %s and %s agree", (source, translation, expected) => {
  expect(sameMarkers(source, translation)).toBe(expected);
});

it("strips markers and nothing else", () => {
  expect(withoutMarkers("<1>а</1> < <2/>б>")).toBe("а < б>");
});

it("puts tags back in the order of the translation and escapes the rest", () => {
  const markup = markUp(
    [
      { kind: "text", raw: "Он " },
      { kind: "open", raw: "<strong>" },
      { kind: "text", raw: "тут" },
      { kind: "close", raw: "</strong>" },
    ],
    "ru",
  );
  expect(render(markup, "<1>Ту & ту</1> је <p>он")).toBe(
    "<strong>Ту &amp; ту</strong> је &lt;p&gt;он",
  );
  expect(() => render(markup, "Ту је он")).toThrow("markers");
});
