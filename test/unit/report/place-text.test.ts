import { expect, it } from "vitest";

import type { SegmentPlace } from "../../../src/job/snapshot.ts";
import { placeText } from "../../../src/report/place-text.ts";

const place = (changes: Partial<SegmentPlace>): SegmentPlace => ({
  index: 0,
  section: 12,
  sectionTitle: "",
  kind: "text",
  element: "p",
  paragraph: 3,
  ...changes,
});

it.each([
  [{}, "section 12, paragraph 3"],
  [{ sectionTitle: "Глава\u001b[2J XII" }, 'section 12 "Глава [2J XII", paragraph 3'],
  [{ sectionTitle: "а".repeat(50) }, `section 12 "${"а".repeat(40)}…", paragraph 3`],
  [{ kind: "verse", element: "v" }, "section 12, line 3"],
  [{ kind: "title", paragraph: 0 }, "section 12, title"],
  [{ kind: "attribute", element: "image@alt", paragraph: 0 }, "section 12, image@alt"],
  [{ section: 0 }, "outside of sections, paragraph 3"],
] as const)("says where a segment stands: %j", (changes, text) => {
  expect(placeText(place(changes))).toBe(text);
});
