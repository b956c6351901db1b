import { addCopula, isAnswer, isNominalSentence, needsCopula } from "./copula.ts";
import { opensWith, opensWithQuestion, PURPOSE } from "./clause-opening.ts";
import { nonFiniteEntries, putGerunds } from "./gerund.ts";
import { putInfinitives, type Control, type InfinitiveToPut } from "./infinitive-control.ts";
import type { SentenceState } from "./clause-transfer.ts";
import type { Predicate, PredicateInput } from "./predicate.ts";
import { experiencer, predicativeIn, putPredicatives, type Predicative } from "./predicative.ts";
import { featuresOfVerb, personOf, subjectBefore, type KnownSubject } from "./subject.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** Writes the predicate of a clause without a finite verb: a predicative, a copula, infinitives. */
export function putVerblessPredicate(
  context: ClauseContext,
  { subject, cluster, state, isPossession }: PredicateInput,
  infinitives: readonly InfinitiveToPut[],
): Predicate {
  const { clause } = context;
  const predicative = isPossession
    ? undefined
    : predicativeIn(
        context,
        (predicate) => subject ?? subjectBefore(state.subjects, predicate, clause.coordinated),
      );
  const known = subject ?? state.subjects.at(-1);
  const features = predicative?.subject ?? known;
  if (predicative) {
    putPredicatives(context, predicative.subject, cluster);
    const isListed = goesOn(context, predicative, state);
    const isSilent = isAnswer(context) || isListed;
    if (isListed && state.copula === context.clause.from) state.copula = context.clause.to;
    if (needsCopula(predicative.text) && !isSilent) {
      state.copula = context.clause.to;
      context.trace?.rule("a predicative needs the copula", predicative.at);
      addCopula(context, cluster, predicative.subject, predicative.negation);
    }
  } else if (subject && !isPossession && isNominalSentence(context, subject)) {
    context.trace?.rule("a sentence without a verb gets the copula", context.clause.from);
    addCopula(context, cluster, subject, negationBeforeNominal(context));
  }
  const nonFinite = nonFiniteEntries(context, infinitives);
  const [first] = infinitives;
  const control = {
    ...controlOf(context, predicative, known, state.control),
    clauseCluster: cluster,
  };
  if (first && control.subject === SOMEBODY && !opensWith(context, PURPOSE)) {
    first.cluster.reflexive = true;
  }
  return {
    showsPerson: false,
    governors: [...(predicative?.entry ? [predicative.entry] : []), ...nonFinite],
    finiteAt: predicative?.at,
    controlsObject: false,
    subject: features,
    infinitiveCluster: infinitives[0]?.cluster,
    future: undefined,
    auxiliary: undefined,
    control: infinitives.length > 0 ? control : undefined,
    finish: () => {
      putInfinitives(context, infinitives, control, undefined);
      putGerunds(context);
    },
  };
}

/**
 * молоды, красивы, интересны: of a list of predicates the first has the copula. собственно: a word
 * between commas is none at all.
 */
function goesOn(context: ClauseContext, { at }: Predicative, { copula }: SentenceState): boolean {
  const { words, clause, groups } = context;
  const isAlone = clause.to - clause.from === 1;
  const isInside = isAlone && clause.from > 0;
  const opening = words[clause.from];
  const isAdverb = opening?.reading.pos === "predicative" || opening?.reading.pos === "adverb";
  // обыкновенно в рваных сапогах: set apart by a comma, manner and no state.
  const isApart = clause.from > 0 && opening?.before.trim() === "," && !hasBareGroup(context);
  const isState = /^(?:predicative|adverb)$/u.test(words[at]?.reading.pos ?? "");
  const isManner = isState && isAdverb && (isInside || isApart);
  const goes = copula === clause.from && !groups.some(({ case: its }) => its === "nom");
  return isManner || goes || hasGerund(context);
}

/** чуть заметно улыбаясь, будучи болен: beside a gerund nothing is a predicate of its own. */
const hasGerund = ({ words, clause }: ClauseContext) =>
  words.slice(clause.from, clause.to).some(({ reading }) => reading.pos === "gerund");

const hasBareGroup = ({ groups }: ClauseContext) =>
  groups.some(({ case: its, preposition }) => its === "dat" && preposition === undefined);

/** чтобы иметь успех: nobody is named. */
const SOMEBODY: KnownSubject = {
  agreement: { gender: "m", count: "sg", animate: true },
  person: 3,
  count: "sg",
  sourceCount: "sg",
  sourceGender: "m",
};

/** Who does what the infinitives say, and how they are put. */
function controlOf(
  context: ClauseContext,
  predicative: Predicative | undefined,
  known: KnownSubject | undefined,
  before: Pick<Control, "subject" | "kind"> | undefined,
): Pick<Control, "subject" | "kind"> {
  const subject = predicative?.control ?? predicative?.subject ?? known;
  if (opensWith(context, PURPOSE)) {
    const whoever = subject ?? subjectAhead(context) ?? SOMEBODY;
    return { subject: whoever, kind: "present" };
  }
  if (predicative) return { subject, kind: predicative.infinitiveKind };
  if (opensWithBefore(context)) return { subject: subjectAhead(context) ?? known, kind: "present" };
  // Если попросить -> ako se zamoli.
  const isCondition = /^(?:если|коли|ежели)$/u.test(context.words[context.clause.from]?.form ?? "");
  if (isCondition) return { subject: SOMEBODY, kind: "present" };
  // не знал, что делать -> nije znao šta da radi
  const isAsked = context.clause.from > 0 && opensWithQuestion(context);
  if (isAsked) return { subject: experiencer(context) ?? known, kind: "da" };
  // должна была ухаживать, ходить на рынок: the list goes on as it began.
  return before ?? { subject, kind: "infinitive" };
}

/** прежде чем уйти: the expression ends in što or da, and the present follows. */
function opensWithBefore({ words, clause }: ClauseContext): boolean {
  const [first, second, third] = words.slice(clause.from, clause.to).map(({ form }) => form);
  return (first === "прежде" && second === "чем") || (first === "перед" && third === "как");
}

/** Who does what the verb behind the clause says, whose infinitive has no subject of its own. */
function subjectAhead({ words, clause }: ClauseContext): KnownSubject | undefined {
  const ahead = words.slice(clause.to);
  const verb = ahead.find(({ reading }) => reading.pos === "verb")?.reading;
  if (verb === undefined) return undefined;
  const pronoun = ahead.find(({ reading }) => reading.pos === "pronoun" && reading.case === "nom");
  const [person, count] = pronoun
    ? personOf(pronoun.reading)
    : [verb.person ?? 3, verb.count ?? "sg"];
  return featuresOfVerb({ ...verb, person, count });
}

/** Он не врач: the copula takes the place of не. */
function negationBeforeNominal({ words, clause }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) if (words[at]?.form === "не") return at;
  return undefined;
}
