import type { DraftEngine } from "../../src/draft/engine.ts";
import { draftTranslator } from "../../src/engine/draft-translator.ts";
import { describeTranslator } from "./translator.contract.ts";

/** Takes the letters that Serbian has not out of the words; the rest is the translator's work. */
const engine: DraftEngine = {
  version: "1",
  translate(text) {
    const words = text.match(/\p{L}+/gu) ?? [];
    const unknownWords = words.filter((word) => /[ыэъьёщйюя]/i.test(word));
    const known = words.length - unknownWords.length;
    return {
      text: text.replaceAll(/[ыэъьёщйюя]/gi, "а"),
      unknownWords,
      words: { total: words.length, known },
    };
  },
};

describeTranslator("draft", () => draftTranslator(engine));
