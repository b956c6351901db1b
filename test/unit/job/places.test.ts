import { expect, it } from "vitest";

import type { SegmentKind } from "../../../src/book/segment.ts";
import { Places } from "../../../src/job/places.ts";

it("numbers paragraphs in their section and names it by its heading", () => {
  const places = new Places();
  let index = 0;
  const enter = (section: number, kind: SegmentKind, text = "дом") => {
    const place = places.enter({ index, section, kind, text, element: "p", skip: undefined });
    index += 1;
    return [place.section, place.sectionTitle, place.paragraph];
  };
  expect(enter(0, "metadata")).toEqual([0, "", 0]);
  expect(enter(0, "title", "Название книги")).toEqual([0, "", 0]);
  expect(enter(1, "title", "Часть\n")).toEqual([1, "Часть", 0]);
  expect(enter(1, "title", "<1>первая</1>")).toEqual([1, "Часть первая", 0]);
  expect(enter(1, "text")).toEqual([1, "Часть первая", 1]);
  expect(enter(2, "verse")).toEqual([2, "", 1]);
  expect(enter(2, "attribute")).toEqual([2, "", 0]);
  expect(enter(2, "title", "Заглавие стихов")).toEqual([2, "", 0]);
  expect(enter(1, "text")).toEqual([1, "Часть первая", 2]);
  expect(places.titleOf(1)).toBe("Часть первая");
});
