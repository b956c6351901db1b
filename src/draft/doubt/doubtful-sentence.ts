import type { Sentence } from "../analysis/sentence.ts";
import { textOfSentence } from "../analysis/source-text.ts";
import { DOUBT_RULES, type DoubtRuleName } from "./doubt-rules.ts";
import { DOUBTFUL, type Doubts } from "./doubts.ts";

/** One guess, at the word where it was made. */
export interface ExplainedDoubt {
  readonly name: DoubtRuleName;
  readonly word: string;
  /** What it adds to the score where nothing else is doubted, from 0 to 1. */
  readonly weight: number;
}

/** A sentence that is perhaps not translated as it should be, with the reasons. */
export interface DoubtfulSentence {
  /** The sentence of the source, markers left out. */
  readonly source: string;
  /** From 0 to 1; two decimal places. */
  readonly score: number;
  /** In the order of the words. */
  readonly doubts: readonly ExplainedDoubt[];
}

/** The doubts about a sentence for those who read a report or an explanation. */
export function explainedDoubts(sentence: Sentence, doubts: Doubts): DoubtfulSentence {
  return {
    source: textOfSentence(sentence),
    score: Math.round(doubts.score * 100) / 100,
    doubts: doubts.all.map(({ name, at }) => ({
      name,
      word: sentence.words[at]?.text ?? "",
      weight: DOUBT_RULES[name].weight,
    })),
  };
}

/** Counts sentences and keeps those that are held doubtful. */
export class DoubtfulSentences {
  readonly doubtful: DoubtfulSentence[] = [];
  total = 0;

  add(sentence: Sentence, doubts: Doubts): void {
    if (sentence.words.length === 0) return;
    this.total += 1;
    if (doubts.score >= DOUBTFUL) this.doubtful.push(explainedDoubts(sentence, doubts));
  }
}
