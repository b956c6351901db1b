import { describe, expect, it } from "vitest";

import { createDraftEngine } from "../../../../src/draft/create-engine.ts";
import { reviewedParagraphs } from "./reviewed-file.ts";

const engine = await createDraftEngine();
const paragraphs = reviewedParagraphs();

describe("reviewed prose", () => {
  it("is 60 paragraphs at least, each read with its faults named or none found", () => {
    expect(paragraphs.length).toBeGreaterThanOrEqual(60);
    const unclear = paragraphs.filter(
      ({ faults, isPraised, isUnread }) => isUnread || faults.length > 0 === isPraised,
    );
    expect(unclear).toEqual([]);
    expect(new Set(paragraphs.map(({ russian }) => russian)).size).toBe(paragraphs.length);
  });

  it.each(paragraphs)("is still what was reviewed: $russian", ({ russian, serbian }) => {
    expect(engine.translate(russian).text).toBe(serbian);
  });
});
