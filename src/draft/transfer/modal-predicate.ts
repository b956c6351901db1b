import { future, presentOfBiti } from "../inflection/auxiliary.ts";
import { verbForm } from "../inflection/verb.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import {
  isConditional,
  putConditional,
  putFuture,
  putPast,
  putPresent,
  type VerbToPut,
} from "./finite-verb.ts";
import { nonFiniteEntries, putGerunds } from "./gerund.ts";
import { putInfinitives, type InfinitiveToPut } from "./infinitive-control.ts";
import type { Predicate, PredicateInput } from "./predicate.ts";
import { targetHead } from "./nouns.ts";
import { featuresOfVerb, personOf, subjectBefore, type KnownSubject } from "./subject.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** A modal word beside an infinitive that is no verb in Russian, and becomes one in Serbian. */
interface ModalWord {
  readonly kind: "must" | "may" | "lack";
  readonly at: number;
  /** What stands behind nemam: nemam šta. */
  readonly object: string;
  /** Who may or lacks: the dative becomes the subject. */
  readonly experiencer: NounGroup | undefined;
}

/** нечего сказать -> nemam šta da kažem. */
const LACKED: Readonly<Record<string, string>> = {
  нечего: "šta",
  некого: "koga",
  некому: "kome",
  нечем: "čim",
  негде: "gde",
  некуда: "kuda",
  незачем: "zašto",
  неоткуда: "odakle",
};

/** The Russian verbs under which the lexicon has morati, moći and imati. */
const VERBS = { must: "прийтись", may: "мочь", lack: "иметь" } as const;

/** не о чем, не с кем: the pronoun is parted by its preposition. */
function opensLack({ words }: ClauseContext, at: number): boolean {
  const pronoun = words[at + 2]?.reading;
  return (
    words[at]?.form === "не" &&
    words[at + 1]?.reading.pos === "preposition" &&
    pronoun?.pos === "pronoun" &&
    /^(?:что|кто)$/u.test(pronoun.lemma)
  );
}

/** Finds the modal word of a clause with an infinitive and no other verb than быть. */
function modalWordIn(context: ClauseContext): ModalWord | undefined {
  const { clause, words, done, groups } = context;
  const experiencer = groups.find(
    ({ case: its, preposition, head }) =>
      its === "dat" && preposition === undefined && LACKED[words[head]?.form ?? ""] === undefined,
  );
  for (let at = clause.from; at < clause.to; at += 1) {
    const word = words[at];
    if (word === undefined || done.has(at)) continue;
    const { form, reading } = word;
    if (reading.pos === "verb" && reading.lemma !== "быть") return undefined;
    if (reading.pos === "short-adjective" && reading.lemma === "должный") {
      return { kind: "must", at, object: "", experiencer: undefined };
    }
    if (form === "можно" && experiencer) return { kind: "may", at, object: "", experiencer };
    const lacked = LACKED[form];
    if (lacked !== undefined) {
      // Некому помочь: nobody is there who could.
      const object = form === "некому" && !experiencer ? "ko" : lacked;
      return { kind: "lack", at, object, experiencer };
    }
    if (opensLack(context, at)) return { kind: "lack", at, object: "", experiencer };
  }
  return undefined;
}

const NOBODY: KnownSubject = {
  agreement: { gender: "n", count: "sg", animate: false },
  person: 3,
  count: "sg",
  sourceCount: "sg",
  sourceGender: "n",
};

/** Who may or lacks, taken out of the dative: a pronoun falls out, a noun becomes the subject. */
function experiencerSubject(context: ClauseContext, group: NounGroup): KnownSubject | undefined {
  const { words, target, done } = context;
  const reading = words[group.head]?.reading;
  const head = targetHead(context, group.head, group.count);
  if (reading === undefined || head === undefined) return undefined;
  const [person, count] = personOf(reading);
  const { gender } = head.agreement.predicate;
  const agreement = { gender, count, animate: true };
  context.trace?.rule("who has to is not named beside an impersonal", group.head);
  target.put(group.head, reading.pos === "pronoun" ? "" : head.form("nom"));
  done.add(group.head);
  return { agreement, person, count, sourceCount: count, sourceGender: reading.gender };
}

function beingIn({ clause, words }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (reading?.pos === "verb" && reading.lemma === "быть") return at;
  }
  return undefined;
}

/** nemam šta, nisam imao šta, neću imati šta. */
function putLacking(
  context: ClauseContext,
  verb: VerbToPut,
  being: number | undefined,
  object: string,
) {
  const { entry, subject } = verb;
  const { person, count, agreement } = subject;
  const tense = being === undefined ? undefined : context.words[being]?.reading.tense;
  const past = verbForm(entry, { form: "l-participle", ...agreement }) ?? "";
  const present = verbForm(entry, { form: "present", person, count }) ?? "";
  const text =
    tense === "past"
      ? `${presentOfBiti(person, count, "negated")} ${past}`
      : tense === "future"
        ? `${future(person, count, "negated")} ${entry.sr}`
        : `ne${present.slice(1)}`;
  context.target.put(verb.at, `${text} ${object}`.trim());
}

/** Вы должны будете уйти: what may fuse with its auxiliary, moraćete. */
const isFuture = (context: ClauseContext, being: number | undefined, at: number) =>
  context.words[being ?? -1]?.reading.tense === "future" && context.words[at - 1]?.form !== "не";

function putModalVerb(context: ClauseContext, verb: VerbToPut, being: number | undefined): void {
  const tense = being === undefined ? undefined : context.words[being]?.reading.tense;
  if (isConditional(context)) putConditional(context, verb);
  else if (tense === "past") putPast(context, verb);
  else if (tense === "future") putFuture(context, verb);
  else putPresent(context, verb);
}

/**
 * должен ехать -> mora da ide; мне можно войти -> mogu da uđem; мне нечего сказать -> nemam šta da
 * kažem. Nothing if the clause has no such word.
 */
export function putModalPredicate(
  context: ClauseContext,
  { subject, state, cluster }: PredicateInput,
  infinitives: readonly InfinitiveToPut[],
): Predicate | undefined {
  const word = infinitives.length === 0 ? undefined : modalWordIn(context);
  const entry = word && context.lexicon.entriesOf(VERBS[word.kind], "v")[0];
  const reading = word && context.words[word.at]?.reading;
  if (word === undefined || entry === undefined || reading === undefined) return undefined;
  const { kind, at, object, experiencer } = word;
  const experiencing = experiencer && experiencerSubject(context, experiencer);
  const known =
    kind === "must"
      ? (subject ?? subjectBefore(state.subjects, reading, context.clause.coordinated))
      : experiencing;
  const somebody =
    object === "ko"
      ? { ...NOBODY, agreement: { ...NOBODY.agreement, gender: "m" as const } }
      : known;
  const isImpersonal = kind === "lack" && somebody === undefined;
  const features = somebody ?? (isImpersonal ? NOBODY : featuresOfVerb(reading));
  const being = beingIn(context);
  const verb = { at, entry, subject: features, cluster };
  context.done.add(at);
  if (kind === "lack") putLacking(context, verb, being, object);
  else putModalVerb(context, verb, being);
  if (isImpersonal) cluster.reflexive = true;
  if (being !== undefined) {
    context.target.put(being, "");
    context.done.add(being);
  }
  context.trace?.rule("a modal word becomes morati, moći or nemati", at);
  const control = {
    clauseCluster: cluster,
    subject: features,
    kind: isImpersonal ? ("infinitive" as const) : ("da" as const),
  };
  return {
    showsPerson: true,
    governors: nonFiniteEntries(context, infinitives),
    finiteAt: at,
    controlsObject: false,
    subject: features,
    infinitiveCluster: infinitives[0]?.cluster,
    future: isFuture(context, being, at) ? verb : undefined,
    auxiliary: undefined,
    control,
    finish: () => {
      putInfinitives(context, infinitives, control, undefined);
      putGerunds(context);
    },
  };
}
