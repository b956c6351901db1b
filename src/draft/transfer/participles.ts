import type { Agreement, Case } from "../grammar.ts";
import { presentOfBiti } from "../inflection/auxiliary.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import { verbForm } from "../inflection/verb.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { attributeEntry, attributeForm } from "./attributes.ts";
import { targetHead } from "./nouns.ts";
import { targetPreposition, withEuphony } from "./prepositions.ts";
import type { Antecedent } from "./relative.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/** The noun that a participle describes, and the case in which it stands in Serbian. */
interface Described {
  readonly agreement: Agreement;
  readonly case: Case;
  /** It stands before the participle. */
  readonly isBefore: boolean;
}

const sameGender = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one === other;

/** человек, стоявший у окна: the nearest noun before with the same number and gender. */
function nounBefore(
  { words }: ClauseContext,
  { head }: NounGroup,
  antecedents: readonly Antecedent[],
): Described | undefined {
  const participle = words[head]?.reading;
  const alike = antecedents.filter(
    ({ reading }) =>
      reading.count === participle?.count &&
      (reading.count === "pl" || sameGender(reading.gender, participle?.gender)),
  );
  // The case of the participle may be misread; a noun in the same case is the better guess.
  const found = alike.findLast(({ reading }) => reading.case === participle?.case) ?? alike.at(-1);
  return found && { agreement: found.agreement.attribute, case: found.case, isBefore: true };
}

/** стоявший у окна человек: the noun that follows in the clause. */
function nounAfter(context: ClauseContext, { head }: NounGroup): Described | undefined {
  const participle = context.words[head]?.reading;
  const group = context.groups.find(
    (other) =>
      other.head > head && other.case === participle?.case && other.count === participle.count,
  );
  const at = group?.head ?? nounBehindMark(context, head);
  const noun = at === undefined ? undefined : targetHead(context, at, participle?.count ?? "sg");
  if (!noun || !participle?.case) return undefined;
  return { agreement: noun.agreement.attribute, case: participle.case, isBefore: false };
}

/** Behind a mark nothing tells the nominative from the accusative that looks like it. */
const isCaseLike = (one: Case | undefined, other: Case | undefined) =>
  one === other || [one, other].every((its) => its === "nom" || its === "acc");

/** How far behind a participle its noun may stand. */
const MAX_DISTANCE = 8;

/** своё улыбающееся, с косящими глазами лицо: between marks the participle leads to a later noun. */
function nounBehindMark({ words }: ClauseContext, head: number): number | undefined {
  const own = words[head]?.reading;
  const isAttribute = words[head - 1]?.reading.pos === "adjective";
  if (own === undefined || !isAttribute || words[head + 1]?.before.trim() !== ",") return undefined;
  const end = Math.min(words.length, head + MAX_DISTANCE);
  for (let at = head + 1; at < end; at += 1) {
    const reading = words[at]?.reading;
    if (reading?.pos === "verb") return undefined;
    const agrees = reading?.count === own.count && isCaseLike(reading?.case, own.case);
    if (reading?.pos !== "noun" || !agrees) continue;
    if (own.count === "pl" || sameGender(reading.gender, own.gender)) return at;
  }
  return undefined;
}

/** koji je stajao, koji stoji, koji se vraća. */
function relativeClause(
  context: ClauseContext,
  verb: LexiconEntry,
  { isPast, isNegated }: { readonly isPast: boolean; readonly isNegated: boolean },
  { gender, count, animate }: Agreement,
): string {
  const koji = context.lexicon.entriesOf("который", "a")[0];
  const features = {
    gender,
    count,
    animate,
    case: "nom",
    definite: true,
    degree: "positive",
  } as const;
  const pronoun = koji ? adjectiveForm(koji, features) : "koji";
  const se = verb.reflexive ? ["se"] : [];
  if (!isPast) {
    const present = verbForm(verb, { form: "present", person: 3, count }) ?? verb.sr;
    return [pronoun, ...se, ...(isNegated ? ["ne"] : []), present].join(" ");
  }
  const past = verbForm(verb, { form: "l-participle", gender, count }) ?? verb.sr;
  if (isNegated) return [pronoun, ...se, presentOfBiti(3, count, "negated"), past].join(" ");
  const auxiliary = verb.reflexive && count === "sg" ? [] : [presentOfBiti(3, count, "clitic")];
  return [pronoun, ...auxiliary, ...se, past].join(" ");
}

function putParticiple(
  context: ClauseContext,
  group: NounGroup,
  described: Described | undefined,
): void {
  const { words, target, done } = context;
  const reading = words[group.head]?.reading;
  if (reading === undefined) return;
  const entry = attributeEntry(context, group.head, undefined);
  const isListed = context.lexicon.entriesOf(reading.lemma, "a").length > 0;
  const fallback: Agreement = {
    gender: reading.gender ?? "m",
    count: reading.count ?? "sg",
    animate: true,
  };
  const agreement = described?.agreement ?? fallback;
  done.add(group.head);
  const staysAdjective = reading.voice === "passive" || isListed || described?.isBefore === false;
  if (staysAdjective && entry) {
    context.trace?.rule("a participle agrees with the Serbian noun", group.head);
    target.put(
      group.head,
      attributeForm(entry, agreement, described?.case ?? reading.case ?? "nom"),
    );
    return;
  }
  const verb = verbEntry(context, group.head, []);
  const isNegated = words[group.head - 1]?.form === "не";
  if (isNegated) {
    target.put(group.head - 1, "");
    done.add(group.head - 1);
  }
  const kind = { isPast: reading.tense === "past", isNegated };
  const clause = relativeClause(context, verb, kind, agreement);
  context.trace?.rule("an active participle is a relative clause", group.head);
  target.put(group.head, described ? clause : `${whoIsMeant(context, group, agreement)} ${clause}`);
}

/** вошедший сказал, один из играющих: without a noun a pronoun says who is meant, in its case. */
function whoIsMeant(context: ClauseContext, group: NounGroup, agreement: Agreement): string {
  const { lexicon, words, lemmas, target, done } = context;
  const onaj = lexicon.entriesOf("тот", "a").find(({ sr }) => sr === "onaj");
  let its = group.case;
  if (group.preposition !== undefined) {
    const { count } = agreement;
    const where = { plural: count === "pl", isPerson: agreement.animate };
    const preposition = targetPreposition(context, group.preposition, its, [], lemmas, where);
    target.put(group.preposition, withEuphony(preposition, "onaj"));
    done.add(group.preposition);
    its = preposition.case;
  }
  const features = { ...agreement, case: its, definite: true, degree: "positive" } as const;
  return onaj ? adjectiveForm(onaj, features) : (words[group.head]?.text ?? "");
}

/**
 * Participles that stand apart from their noun: passive ones agree with it, active ones become a
 * relative clause: женщина, стоявшая у окна -> žena koja je stajala kraj prozora.
 */
export function putParticiples(context: ClauseContext, antecedents: readonly Antecedent[]): void {
  for (const group of context.groups) {
    const isParticiple = context.words[group.head]?.reading.pos === "participle";
    if (!isParticiple || context.done.has(group.head)) continue;
    // с порезанным подбородком: without a mark before it the participle leads to a noun.
    const first = group.preposition ?? Math.min(group.head, ...group.attributes);
    const isMarked = context.words[first]?.before.includes(",") === true;
    const described = isMarked
      ? (nounBefore(context, group, antecedents) ?? nounAfter(context, group))
      : (nounAfter(context, group) ?? nounBefore(context, group, antecedents));
    putParticiple(context, group, described);
  }
}
