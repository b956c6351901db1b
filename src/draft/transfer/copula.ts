import { presentOfBiti } from "../inflection/auxiliary.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import type { KnownSubject } from "./subject.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/** Renderings of predicatives that are verbs already, and want no copula. */
const VERBAL = /^(?:treba|može|ne|nema|ima|smem|mora|vidi|zna|čuje|boli|mrzi)(?: |$)| je$/u;

/** Adds sam, si, je, smo, ste, su, or the negated form in the place of не. */
export function addCopula(
  context: ClauseContext,
  cluster: CliticCluster,
  { person, count }: SubjectFeatures,
  negation: number | undefined,
): void {
  if (negation !== undefined) {
    context.target.put(negation, presentOfBiti(person, count, "negated"));
    context.done.add(negation);
  } else {
    cluster.addPresentOfBiti({ person, count });
  }
}

/** Хорошо, — сказал он: an answer of one word says nothing of a state. */
const ANSWERS = new Set(["хорошо", "ладно", "отлично", "прекрасно", "превосходно", "нет", "верно"]);

export const isAnswer = ({ words, clause }: ClauseContext) =>
  clause.to - clause.from === 1 && ANSWERS.has(words[clause.from]?.form ?? "");

/** Whether a predicative such as холодно becomes an adverb, which needs a copula: hladno je. */
export function needsCopula(text: string): boolean {
  return text !== "" && !VERBAL.test(text);
}

const PERSONAL = new Set(["я", "ты", "мы", "вы", "он", "она", "оно", "они", "это", "кто", "то"]);

/**
 * Whether a clause without a verb says that something is something: Он врач; Это мой брат; Ночь
 * темна is told by its short adjective, and a dash by the sentence.
 */
export function isNominalSentence(
  context: ClauseContext,
  subject: KnownSubject | undefined,
): boolean {
  const { words, groups, clause } = context;
  if (subject === undefined) return false;
  const bare = groups.filter(
    ({ preposition, case: its }) => preposition === undefined && its === "nom",
  );
  const [first, second] = bare;
  if (asksForCopula(context)) return true;
  if (first === undefined) return false;
  const lemma = words[first.head]?.reading.lemma ?? "";
  if (second !== undefined && !second.coordinated) return PERSONAL.has(lemma);
  if (!PERSONAL.has(lemma) || lemma === "кто") return false;
  // Он здесь; Я с вами; but: Он — в дверь.
  return clause.to > first.end + 1 && words.slice(first.end + 1, clause.to).some(isPlace);
}

/** Где мой брат?, Кто этот человек?, Какая сегодня погода?, Правда ли это? */
function asksForCopula({ words, clause, groups, target }: ClauseContext): boolean {
  const opening = words[clause.from];
  const nominatives = groups.filter(
    ({ preposition, case: its }) => preposition === undefined && its === "nom",
  );
  if (nominatives.length === 0 || opening === undefined) return false;
  const next = words[clause.from + 1]?.form ?? "";
  if (/^(?:ли|ль)$/u.test(next)) return true;
  const after = words[clause.to]?.before ?? target.source.after;
  const asks =
    after.includes("?") && /^(?:где|кто|какой|каков|чей|сколько)$/u.test(opening.reading.lemma);
  if (opening.form === "где") return clause.to - clause.from > 1;
  return asks && (nominatives.length > 1 || clause.to - clause.from > 2);
}

const isPlace = ({ reading }: ClauseContext["words"][number]) =>
  reading.pos === "adverb" || reading.pos === "preposition" || reading.pos === "comparative";
