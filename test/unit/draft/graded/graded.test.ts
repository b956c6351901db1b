import { describe, expect, it } from "vitest";

import { createDraftEngine } from "../../../../src/draft/create-engine.ts";
import { gradedFiles, gradedSentences, NOT_YET } from "./graded-file.ts";

const engine = await createDraftEngine();

const groups = gradedFiles().map((file) => ({ file, sentences: gradedSentences(file) }));
const wrong = gradedSentences(NOT_YET);

describe.each(groups)("the draft engine knows of $file", ({ sentences }) => {
  it.each(sentences)("$construction: $russian", ({ russian, accepted }) => {
    expect(accepted).toContain(engine.translate(russian).text);
  });
});

describe("the draft engine does not know yet", () => {
  it.fails.each(wrong)("$construction: $russian", ({ russian, accepted }) => {
    expect(accepted).toContain(engine.translate(russian).text);
  });
});

describe("graded sentences", () => {
  const right = groups.flatMap(({ sentences }) => sentences);
  const all = [...right, ...wrong];

  it("stand in the files once, each with at least one rendering", () => {
    expect(new Set(all.map(({ russian }) => russian)).size).toBe(all.length);
    expect(all.filter(({ accepted }) => accepted.length === 0)).toEqual([]);
  });

  it("are right in at least 85 of 100 cases", () => {
    const share = (right.length / all.length) * 100;
    console.log(`graded sentences: ${right.length} of ${all.length} right (${share.toFixed(1)} %)`);
    expect(all.length).toBeGreaterThanOrEqual(600);
    expect(share).toBeGreaterThanOrEqual(85);
  });
});
