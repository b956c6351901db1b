import { countText } from "../base/amount.ts";
import { oneLine } from "../base/one-line.ts";
import type { SegmentPlace } from "../job/snapshot.ts";

const MAX_TITLE = 40;

/** Where a segment stands, for people: `section 12 "XII", paragraph 3`. */
export function placeText(place: SegmentPlace): string {
  const { section, sectionTitle } = place;
  if (section === 0) return `outside of sections, ${spotOf(place)}`;
  const title = oneLine(sectionTitle);
  const shown = title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…` : title;
  const name = shown === "" ? "" : ` "${shown}"`;
  return `section ${countText(section)}${name}, ${spotOf(place)}`;
}

function spotOf({ kind, element, paragraph }: SegmentPlace): string {
  if (paragraph === 0) return kind === "title" ? "title" : element;
  return `${kind === "verse" ? "line" : "paragraph"} ${countText(paragraph)}`;
}
