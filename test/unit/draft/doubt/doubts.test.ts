import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createDraftEngine } from "../../../../src/draft/create-engine.ts";
import { DOUBT_RULES, type DoubtRuleName } from "../../../../src/draft/doubt/doubt-rules.ts";
import { DOUBTFUL, Doubts } from "../../../../src/draft/doubt/doubts.ts";
import { gradedFiles, gradedSentences, NOT_YET } from "../graded/graded-file.ts";

const engine = await createDraftEngine();
const NAMES = Object.keys(DOUBT_RULES) as DoubtRuleName[];

describe("the score of a sentence", () => {
  it("is 0 where nothing was guessed, the weight of a single guess, and never reaches 1", () => {
    const doubts = new Doubts();
    expect(doubts.score).toBe(0);
    doubts.note("a preposition governs nothing", 2);
    expect(doubts.score).toBeCloseTo(DOUBT_RULES["a preposition governs nothing"].weight);
    const guesses = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(30)), { maxLength: 12 });
    fc.assert(
      fc.property(guesses, (all) => {
        const some = new Doubts();
        let before = 0;
        for (const [name, at] of all) {
          some.note(name, at);
          expect(some.score).toBeGreaterThanOrEqual(before);
          before = some.score;
        }
        expect(some.score).toBeLessThan(1);
      }),
    );
  });

  it("does not grow when the same is said of the same word again", () => {
    const doubts = new Doubts();
    doubts.note("two readings are about as likely", 4);
    const once = doubts.score;
    doubts.note("two readings are about as likely", 4);
    expect(doubts.score).toBe(once);
  });
});

describe("doubtful sentences", () => {
  it("are told with their text and what was guessed at which word", () => {
    const { sentences } = engine.translate("Он встал. Мальчик <1>читал</1> фубаркузю! Она спит.");
    expect(sentences).toEqual({
      total: 3,
      doubtful: [
        {
          source: "Мальчик читал фубаркузю",
          score: 0.45,
          doubts: [{ name: "the lexicon does not hold the word", word: "фубаркузю", weight: 0.45 }],
        },
      ],
    });
  });

  it("have in an explanation the score that the translation tells", () => {
    const text = "На, мол, не плачь. Мальчик читал фубаркузю.";
    const explained = engine.explain(text).sentences.map(({ doubt }) => doubt.score);
    const told = engine.translate(text).sentences.doubtful.map(({ score }) => score);
    expect(told).toEqual(explained.filter((score) => score >= DOUBTFUL));
    expect(told).toHaveLength(2);
  });

  it("are more doubted among the graded ones that are wrong than among those that are right", () => {
    const scoreOf = ({ russian }: { readonly russian: string }) =>
      Math.max(...engine.explain(russian).sentences.map(({ doubt }) => doubt.score));
    const meanOf = (scores: readonly number[]) =>
      scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const right = meanOf(gradedFiles().flatMap(gradedSentences).map(scoreOf));
    const wrong = meanOf(gradedSentences(NOT_YET).map(scoreOf));
    expect(wrong).toBeGreaterThan(2 * right);
  });
});
