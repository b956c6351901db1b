import type { LexiconEntry } from "../lexicon/entry.ts";
import type { Reading } from "../morphology/reading.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import {
  isConditional,
  negationOf,
  putConditional,
  putFuture,
  putImperative,
  putPast,
  putPresent,
  type VerbToPut,
} from "./finite-verb.ts";
import { governorOf } from "./governor.ts";
import { nonFiniteEntries, putGerunds } from "./gerund.ts";
import { opensWish, opensWith, opensWithPresent, PURPOSE } from "./clause-opening.ts";
import { addCopula } from "./copula.ts";
import { turnsDative } from "./experiencer.ts";
import type { InfinitiveKind } from "./infinitive.ts";
import { putModalPredicate } from "./modal-predicate.ts";
import { putVerblessPredicate } from "./verbless-predicate.ts";
import {
  infinitivesIn,
  type Control,
  OBJECT_CONTROL,
  putInfinitives,
  type InfinitiveToPut,
} from "./infinitive-control.ts";
import {
  experiencer,
  predicativeIn,
  putImpersonalPast,
  putPredicatives,
  type Predicative,
} from "./predicative.ts";
import type { SentenceState } from "./clause-transfer.ts";
import { featuresOfVerb, subjectBefore, type KnownSubject } from "./subject.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/** What the clause's rules need to know of its predicate. */
export interface Predicate {
  /** The Serbian form tells the person, so that я and ты may fall out. */
  readonly showsPerson: boolean;
  /** Entries that say which cases the complements take. */
  readonly governors: readonly LexiconEntry[];
  readonly finiteAt: number | undefined;
  /** The verb makes its object act: велел ему идти. */
  readonly controlsObject: boolean;
  /** What a predicate adjective agrees with. */
  readonly subject: SubjectFeatures | undefined;
  /** Clitics of the first infinitive, which has a place of its own for them. */
  readonly infinitiveCluster: CliticCluster | undefined;
  /** A future that may fuse with its auxiliary. */
  readonly future: VerbToPut | undefined;
  /** The auxiliary of the past, for a coordinated clause that would repeat it. */
  readonly auxiliary: string | undefined;
  /** How its infinitives were put; nothing if it has none. */
  readonly control: Pick<Control, "subject" | "kind"> | undefined;
  /** Writes what has to wait until the clitics are known. */
  finish(): void;
}

export interface PredicateInput {
  readonly verbAt: number | undefined;
  readonly entry: LexiconEntry | undefined;
  readonly subject: KnownSubject | undefined;
  readonly state: SentenceState;
  readonly cluster: CliticCluster;
  readonly isPossession: boolean;
}

/** день стал короче -> dan je postao kraći: a comparative beside these is a predicate. */
const BECOMING = new Set(["стать", "становиться", "казаться", "показаться", "оказаться"]);
/** Writes the finite verb by tense and mood. */
export function putVerb(context: ClauseContext, verb: VerbToPut): "past" | "future" | "other" {
  const reading = context.words[verb.at]?.reading;
  const isPurpose = opensWith(context, PURPOSE);
  if (reading?.mood === "imperative") {
    putImperative(context, verb);
    return "other";
  }
  if (reading?.tense === "past") {
    if (isPurpose) {
      context.trace?.rule("purpose is da with the present", verb.at);
      putPresent(context, verb);
      return "other";
    }
    if (isConditional(context)) {
      putConditional(context, verb);
      return "other";
    }
    putPast(context, verb);
    return "past";
  }
  const staysPresent = isPurpose || opensWithPresent(context) || opensWish(context);
  if (reading?.aspect === "pf" && !staysPresent) {
    putFuture(context, verb);
    return "future";
  }
  putPresent(context, verb);
  return "other";
}

/** буду ходить, буду дома: the future of biti, or its auxiliary alone. */
function putBeing(
  context: ClauseContext,
  verb: VerbToPut,
  hasInfinitive: boolean,
): "past" | "future" | "other" {
  const reading = context.words[verb.at]?.reading;
  if (reading?.mood === "imperative" || reading?.tense === "past") return putVerb(context, verb);
  if (reading?.tense === "future") {
    if (opensWithPresent(context)) {
      putPresent(context, verb);
      return "other";
    }
    putFuture(context, verb);
    if (hasInfinitive) context.target.put(verb.at, "");
    return "future";
  }
  if (isCopula(context)) {
    // Жизнь есть сон.
    context.target.put(verb.at, "");
    addCopula(context, verb.cluster, verb.subject, negationBehind(context, verb.at));
    return "other";
  }
  // есть: there is.
  const { count } = verb.subject;
  context.target.put(verb.at, count === "pl" ? "postoje" : "postoji");
  context.trace?.rule("есть without a possessor is postoji", verb.at);
  return "other";
}

const SPEAKER: SubjectFeatures = {
  agreement: { gender: "m", count: "sg", animate: true },
  person: 1,
  count: "sg",
};

/** Позвольте представиться: who asks for leave does it. */
const asksLeave = ({ groups }: ClauseContext, { lemma, mood }: Reading) =>
  mood === "imperative" &&
  (lemma === "позволить" || lemma === "разрешить") &&
  !groups.some(({ case: its, preposition }) => its === "dat" && preposition === undefined);

/** Who does what an infinitive says, where it is not the subject: мне следует молчать. */
function actorOf(
  context: ClauseContext,
  verb: Reading,
  entry: LexiconEntry,
  infinitives: readonly InfinitiveToPut[],
): SubjectFeatures | undefined {
  if (asksLeave(context, verb)) return SPEAKER;
  return entry.sr === "trebati" && infinitives.length > 0 ? experiencer(context) : undefined;
}

/** Whether есть stands between two nominatives. */
const isCopula = ({ groups }: ClauseContext) =>
  groups.filter(({ case: its, preposition }) => its === "nom" && preposition === undefined).length >
  1;

const negationBehind = ({ words }: ClauseContext, at: number) =>
  words[at + 1]?.form === "не" ? at + 1 : undefined;

function featuresFor(
  input: PredicateInput,
  reading: KnownSubject,
  verb: Reading,
  coordinated: boolean,
): KnownSubject {
  const { subject, state } = input;
  const found = subject ?? subjectBefore(state.subjects, verb, coordinated);
  if (verb.tense === "past" || found === undefined) return found ?? reading;
  // Of the present the ending tells the person, whatever the subject seems to be.
  const person = verb.person ?? found.person;
  return { ...found, person, count: person === 3 ? found.count : (verb.count ?? found.count) };
}

/** Writes the predicate of a clause: its verb, its copula, its infinitives and gerunds. */
export function putPredicate(context: ClauseContext, input: PredicateInput): Predicate {
  const { verbAt, entry, cluster, state, isPossession } = input;
  const infinitives = infinitivesIn(context);
  const modal = isPossession ? undefined : putModalPredicate(context, input, infinitives);
  if (modal) return modal;
  const reading = verbAt === undefined ? undefined : context.words[verbAt]?.reading;
  if (verbAt === undefined || entry === undefined || reading === undefined) {
    return putVerblessPredicate(context, input, infinitives);
  }
  const isBeing = reading.lemma === "быть";
  const subject = turnsDative(entry)
    ? (input.subject ?? featuresOfVerb(reading))
    : featuresFor(input, featuresOfVerb(reading), reading, context.clause.coordinated);
  const verb = { at: verbAt, entry, subject, cluster };
  context.done.add(verbAt);
  // Пришлось вернуться -> moralo se vratiti: nobody is said to have to.
  const isImpersonal = turnsDative(entry) && input.subject === undefined;
  if (entry.reflexive || isImpersonal) cluster.reflexive = true;
  const tense = isBeing ? putBeing(context, verb, infinitives.length > 0) : putVerb(context, verb);
  const auxiliary = tense === "past" ? sharedAuxiliary(context, input, verbAt) : undefined;
  const impersonal = isBeing ? impersonalIn(context) : undefined;
  if (isBeing) {
    putImpersonalPast(context, verb);
    putPredicatives(context, subject, cluster);
    state.copula = context.clause.to;
  } else if (BECOMING.has(reading.lemma) && infinitives.length === 0) {
    putPredicatives(context, subject, cluster);
  }
  const nonFinite = nonFiniteEntries(context, infinitives);
  const isBareFuture = isBeing && tense === "future" && infinitives.length > 0;
  const control: Control = impersonal
    ? { subject: impersonal.control, kind: impersonal.infinitiveKind, clauseCluster: cluster }
    : {
        subject: actorOf(context, reading, entry, infinitives) ?? subject,
        kind: infinitiveKind(isBareFuture, isImpersonal),
        clauseCluster: cluster,
      };
  return {
    showsPerson: !isPossession && reading.mood !== "imperative",
    governors: [
      ...(impersonal?.entry ? [impersonal.entry] : []),
      governorOf(context, entry, verbAt, isBeing),
      ...nonFinite,
    ],
    finiteAt: verbAt,
    controlsObject: OBJECT_CONTROL.has(reading.lemma),
    subject,
    infinitiveCluster: isBareFuture ? undefined : infinitives[0]?.cluster,
    future: tense === "future" ? futureToFuse(context, verb, infinitives) : undefined,
    auxiliary,
    control: infinitives.length > 0 ? control : undefined,
    finish: () => {
      putInfinitives(context, infinitives, control, reading.lemma);
      putGerunds(context);
    },
  };
}

/**
 * ustao je i izašao: one auxiliary serves both, and is taken out of the second clause.
 *
 * @returns the auxiliary of the clause, written or not.
 */
function sharedAuxiliary(
  { clause, trace }: ClauseContext,
  { cluster, state }: PredicateInput,
  verbAt: number,
): string | undefined {
  const auxiliary = cluster.auxiliary ?? (cluster.je ? "je" : undefined);
  if (clause.coordinated && auxiliary !== undefined && auxiliary === state.auxiliary) {
    cluster.auxiliary = undefined;
    cluster.je = false;
    trace?.rule("one auxiliary serves joined verbs", verbAt);
  }
  return auxiliary;
}

/** мне надо было ехать: the predicative beside быть, which has no subject. */
function impersonalIn(context: ClauseContext): Predicative | undefined {
  const found = predicativeIn(context, () => undefined);
  return context.words[found?.at ?? -1]?.reading.pos === "predicative" ? found : undefined;
}

function infinitiveKind(isBareFuture: boolean, isImpersonal: boolean): InfinitiveKind {
  if (isBareFuture) return "bare";
  return isImpersonal ? "infinitive" : "da";
}

/** The verb of a future that is not negated: its own, or the infinitive that буду leans on. */
function futureToFuse(
  context: ClauseContext,
  verb: VerbToPut,
  [infinitive]: readonly InfinitiveToPut[],
): VerbToPut | undefined {
  if (negationOf(context, verb.at) !== undefined) return undefined;
  if (verb.entry.sr !== "biti" || infinitive === undefined) return verb;
  return { ...verb, at: infinitive.at, entry: infinitive.entry };
}
