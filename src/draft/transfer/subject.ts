import type { Word } from "../analysis/sentence.ts";
import type { Count, Gender, Person } from "../grammar.ts";
import type { Reading } from "../morphology/reading.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { targetHead } from "./nouns.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/** A subject with its Russian features, so that later clauses can tell whether it is theirs. */
export interface KnownSubject extends SubjectFeatures {
  readonly sourceCount: Count;
  readonly sourceGender: Gender | undefined;
  /** It is the subject of a relative clause, behind which the clause around it goes on. */
  readonly embedded?: boolean;
}

const PERSONS: Readonly<Record<string, readonly [Person, Count]>> = {
  я: [1, "sg"],
  ты: [2, "sg"],
  мы: [1, "pl"],
  вы: [2, "pl"],
};

/** Person and number of a personal pronoun; third person of everything else. */
export function personOf({ lemma, count = "sg" }: Reading): readonly [Person, Count] {
  return PERSONS[lemma] ?? [3, count];
}

/** Whether a group can be the subject of a verb with these features. */
function fits(group: NounGroup, words: readonly Word[], verb: Reading | undefined): boolean {
  const head = words[group.head]?.reading;
  if (group.case !== "nom" || group.preposition !== undefined || !head) return false;
  if (!verb) return true;
  const [person, count] = personOf(head);
  if (verb.tense !== "past") {
    return (
      verb.person === undefined ||
      (verb.person === person && verb.count === count) ||
      group.numeral !== undefined
    );
  }
  // Пять человек стояли, стояло; but три дня он спал: a count is no subject in another gender.
  if (group.numeral !== undefined) return verb.count === "pl" || verb.gender === "n";
  if (person === 2 && verb.count === "pl") return true;
  if (verb.count !== count) return false;
  return (
    count === "pl" || person < 3 || !head.gender || !verb.gender || head.gender === verb.gender
  );
}

/**
 * The group that is the subject of the clause: the first nominative that agrees with the verb. What
 * is counted comes after others: шесть дней мы ехали.
 */
export function subjectGroup(
  { groups, words }: ClauseContext,
  verb: Reading | undefined,
): NounGroup | undefined {
  const fitting = groups.filter((group) => fits(group, words, verb));
  const single = fitting.find(({ numeral }) => numeral === undefined) ?? fitting[0];
  const joined = verb?.count === "pl" ? joinedGroup(groups, words) : undefined;
  return single === undefined || single.coordinated ? (joined ?? single) : single;
}

/** мать и сестра встали: the first of two that only together agree with the verb. */
function joinedGroup(groups: readonly NounGroup[], words: readonly Word[]): NounGroup | undefined {
  const isNominative = ({ case: its, preposition }: NounGroup) =>
    its === "nom" && preposition === undefined;
  return groups.find((group, turn) => {
    const next = groups[turn + 1];
    const isJoined = next?.coordinated === true && isNominative(next);
    return isJoined && isNominative(group) && words[next.head - 1]?.form !== "или";
  });
}

/** knjige i sveske su ležale; of different genders the masculine is said: otac i majka su bili. */
function genderOfJoined(context: ClauseContext, first: NounGroup): Gender {
  const joined = context.groups.filter(
    (group) =>
      group === first || (group.coordinated && group.case === "nom" && group.head > first.head),
  );
  const isFeminine = joined.every(({ head, count }) => {
    const predicate = targetHead(context, head, count)?.agreement.predicate;
    return predicate?.gender === "f";
  });
  return isFeminine ? "f" : "m";
}

/** я рада: without a verb a short form tells who speaks. */
function genderOfPredicate({ words, clause }: ClauseContext): Gender | undefined {
  return words.slice(clause.from, clause.to).find(({ reading }) => reading.pos.startsWith("short-"))
    ?.reading.gender;
}

/** чай был горячий и крепкий: two predicates do not make two subjects. */
const namesSomething = (word: Word | undefined) =>
  word?.reading.pos === "noun" || word?.reading.pos === "pronoun";

/** Features of the subject in Serbian; of я and ты the gender shows in the Russian past only. */
export function subjectFeatures(
  context: ClauseContext,
  group: NounGroup,
  verb: Reading | undefined,
): KnownSubject | undefined {
  const reading = context.words[group.head]?.reading;
  const head = targetHead(context, group.head, group.count);
  if (!reading || !head) return undefined;
  const [person, count] = personOf(reading);
  const source = { sourceCount: count, sourceGender: reading.gender };
  if (person < 3) {
    const gender = verb?.gender ?? genderOfPredicate(context) ?? "m";
    return { agreement: { gender, count, animate: true }, person, count, ...source };
  }
  const joined = context.groups.some(
    ({ coordinated, case: its, head: other }) =>
      coordinated && its === "nom" && other > group.head && namesSomething(context.words[other]),
  );
  if (joined) {
    const agreement = {
      gender: genderOfJoined(context, group),
      count: "pl",
      animate: true,
    } as const;
    return { agreement, person: 3, count: "pl", sourceCount: "pl", sourceGender: undefined };
  }
  if (group.numeral !== undefined) return { ...countedFeatures(context, group, head), ...source };
  const { predicate, verbCount } = head.agreement;
  return { agreement: predicate, person: 3, count: verbCount, ...source };
}

const FEW = new Set(["два", "три", "четыре", "оба"]);

/** dve žene su došle, pet žena je došlo. */
function countedFeatures(
  { words }: ClauseContext,
  { numeral }: NounGroup,
  head: NonNullable<ReturnType<typeof targetHead>>,
): SubjectFeatures {
  const lemma = words[numeral ?? -1]?.reading.lemma ?? "";
  const { gender } = head.agreement.predicate;
  if (!FEW.has(lemma)) {
    return { agreement: { gender: "n", count: "sg", animate: false }, person: 3, count: "sg" };
  }
  // dva brata su došla: what is left of the dual looks like a neuter plural.
  const agreement = { gender: gender === "m" ? "n" : gender, count: "pl", animate: false } as const;
  return { agreement, person: 3, count: "pl" };
}

/** Features by the verb alone, where no subject is in sight. */
export function featuresOfVerb(verb: Reading): KnownSubject {
  // Так будет лучше: what will be is said of nobody.
  const nobody = verb.lemma === "быть" && verb.tense === "future" ? "n" : "m";
  const { count = "sg", gender = nobody, person = 3 } = verb;
  const agreement = { gender, count, animate: true };
  return { agreement, person, count, sourceCount: count, sourceGender: gender };
}

/** Whether a verb without a subject may belong to one that was named before. */
function couldBelong(subject: KnownSubject, verb: Reading): boolean {
  if (verb.pos === "verb" && verb.tense !== "past") {
    return verb.person === subject.person && verb.count === subject.sourceCount;
  }
  if (verb.count !== subject.sourceCount) return false;
  // The gender of я and ты was told by another verb.
  const gender = subject.person < 3 ? subject.agreement.gender : subject.sourceGender;
  return verb.count === "pl" || !gender || verb.gender === gender;
}

/**
 * The subject, named before, of a predicate without one. Behind a relative clause the clause around
 * it goes on; what и joins to a relative clause belongs to it.
 */
export function subjectBefore(
  subjects: readonly KnownSubject[],
  predicate: Reading,
  coordinated: boolean,
): KnownSubject | undefined {
  const possible = subjects.filter((subject) => couldBelong(subject, predicate));
  const around = possible.findLast(({ embedded }) => embedded !== true);
  return coordinated ? possible.at(-1) : (around ?? possible.at(-1));
}
