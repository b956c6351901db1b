import { isFinite, isNominal } from "./parse-state.ts";
import type { ReadingRule } from "./rule.ts";

const QUANTITIES = new Set(["несколько", "много", "немного", "мало"]);

/** Rules for single words, and for predicates that are no verbs. */
export const WORD_RULES: readonly ReadingRule[] = [
  {
    name: "what there is no time for is an infinitive",
    example: "мне некогда читать (predicative), некогда жил (adverb)",
    points: ({ last, lastCase, verb }, reading) => {
      if (reading.lemma === "некогда" && reading.pos === "predicative") {
        return lastCase === "dat" || verb?.lemma === "быть" ? 3 : 0;
      }
      if (last?.lemma !== "некогда") return 0;
      const fits = (reading.pos === "infinitive") === (last.pos === "predicative");
      return fits ? 1 : -3;
    },
  },
  {
    name: "a predicative is the only predicate of its clause",
    example: "здесь хорошо (predicative), хорошо поёт, хорошо известный (adverb)",
    points: ({ predicative, last }, reading) => {
      if (!predicative) return 0;
      if (isFinite(reading)) return /^(?:быть|стать|становиться)$/u.test(reading.lemma) ? 0 : -4;
      const isModified =
        last?.pos === "predicative" && /adjective|participle|adverb/u.test(reading.pos);
      return isModified ? -3 : 0;
    },
  },
  {
    name: "все beside a plural pronoun is said of it",
    example: "мы все согласны (all of us, not: always)",
    points: ({ last }, { lemma, case: its, count }) => {
      if (lemma !== "весь" || count !== "pl" || last?.pos !== "pronoun") return 0;
      return last.count === "pl" && last.case === its ? 4 : 0;
    },
  },
  {
    name: "a word of quantity before a genitive is a numeral",
    example: "много лет (numeral), много работал (adverb)",
    points: ({ last }, reading) => {
      if (!QUANTITIES.has(last?.lemma ?? "")) return 0;
      const isCounted = reading.case === "gen" && isNominal(reading);
      if (last?.pos === "adverb") return isCounted ? -3 : 0;
      return isCounted ? 1 : -3;
    },
  },
  {
    name: "what is asked for is a pronoun",
    example: "он спросил, что она видит (šta, not da)",
    points: ({ last }, { lemma, pos }) => {
      if (lemma !== "что" || pos !== "conjunction") return 0;
      return /^(?:спросить|спрашивать|узнать|расспрашивать)$/u.test(last?.lemma ?? "") ? -3 : 0;
    },
  },
  {
    name: "чем and тем before a comparative are conjunctions",
    example: "чем ближе, тем лучше",
    points: ({ last }, { pos }) => {
      if (last?.lemma !== "тем" && !(last?.lemma === "тот" && last.case === "ins")) return 0;
      return (last.pos === "conjunction") === (pos === "comparative") ? 1.5 : -1.5;
    },
  },
];
