import type { Word } from "../analysis/sentence.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** Conjunctions after which a perfective present stays present: kad dođe. */
const SUBORDINATORS_WITH_PRESENT = new Set([
  "когда",
  "если",
  "пока",
  "коли",
  "ежели",
  "раз",
  "едва",
]);
/** чтобы and its like: da with the present. */
export const PURPOSE = new Set(["чтобы", "чтоб", "дабы"]);
const OPTATIVE = new Set(["пусть", "пускай"]);
/** Words that open a question, direct or indirect. */
export const QUESTION_WORDS =
  /^(?:кто|что|где|куда|откуда|когда|как|зачем|почему|отчего|сколько|какой|чей|который)$/u;

/** Whether one of the first two words of the clause is one of these. */
export const opensWith = ({ words, clause }: ClauseContext, forms: ReadonlySet<string>) =>
  words
    .slice(clause.from, Math.min(clause.from + 2, clause.to))
    .some(({ form }) => forms.has(form));

/** Пусть он придёт, Да здравствует свобода!; but behind a comma да is but. */
export function opensWish(context: ClauseContext): boolean {
  const { words, clause } = context;
  const first = words[clause.from];
  const isDa = first?.form === "да" && !first.before.includes(",");
  return isDa || opensWith(context, OPTATIVE);
}

/** Whether a perfective stays present: kad dođe; but Когда он придёт? asks for the future. */
export function opensWithPresent(context: ClauseContext): boolean {
  const { words, clause, target } = context;
  const asks =
    words[clause.from]?.form === "когда" &&
    clause.to === words.length &&
    (clause.from === 0 ||
      /^(?:знать|спросить|спрашивать|сказать)$/u.test(
        words[clause.from - 1]?.reading.lemma ?? "",
      )) &&
    (clause.from > 0 || target.source.after.trimStart().startsWith("?"));
  return !asks && opensWith(context, SUBORDINATORS_WITH_PRESENT);
}

/** Whether the clause begins with a question word, with a preposition before it or without. */
export function opensWithQuestion({ words, clause }: ClauseContext): boolean {
  const [first, second] = words.slice(clause.from, clause.to);
  const opens = first?.reading.pos === "preposition" || first?.form === "и" ? second : first;
  return isQuestionWord(opens);
}

function isQuestionWord(word: Word | undefined): boolean {
  return word !== undefined && QUESTION_WORDS.test(word.reading.lemma);
}
