import type { LexiconEntry } from "../lexicon/entry.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { addCopula, isNominalSentence, needsCopula } from "./copula.ts";
import {
  negationOf,
  putConditional,
  putFuture,
  putImperative,
  putPast,
  putPresent,
  type VerbToPut,
} from "./finite-verb.ts";
import { governorOf } from "./governor.ts";
import { gerundEntries, putGerunds } from "./gerund.ts";
import {
  infinitivesIn,
  OBJECT_CONTROL,
  putInfinitives,
  type InfinitiveToPut,
} from "./infinitive-control.ts";
import {
  predicativeIn,
  putImpersonalPast,
  putPredicatives,
  type Predicative,
} from "./predicative.ts";
import type { SentenceState } from "./clause-transfer.ts";
import { couldBelong, featuresOfVerb, type KnownSubject } from "./subject.ts";
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

const SUBORDINATORS_WITH_PRESENT = new Set([
  "когда",
  "если",
  "пока",
  "коли",
  "ежели",
  "раз",
  "едва",
]);
/** день стал короче -> dan je postao kraći: a comparative beside these is a predicate. */
const BECOMING = new Set(["стать", "становиться", "казаться", "показаться", "оказаться"]);
const PURPOSE = new Set(["чтобы", "чтоб", "дабы"]);
const OPTATIVE = new Set(["пусть", "пускай", "да"]);

const opensWith = ({ words, clause }: ClauseContext, forms: ReadonlySet<string>) =>
  words
    .slice(clause.from, Math.min(clause.from + 2, clause.to))
    .some(({ form }) => forms.has(form));

/** Writes the finite verb by tense and mood. */
export function putVerb(context: ClauseContext, verb: VerbToPut): "past" | "future" | "other" {
  const reading = context.words[verb.at]?.reading;
  const isConditional = context.words
    .slice(context.clause.from, context.clause.to)
    .some(({ form }) => form === "бы" || form === "б");
  const isPurpose = opensWith(context, PURPOSE);
  if (reading?.mood === "imperative") {
    putImperative(context, verb);
    return "other";
  }
  if (reading?.tense === "past") {
    if (isPurpose) {
      context.trace?.rule("purpose is da with the present", verb.at);
      putPresent(context, verb);
    } else if (isConditional) putConditional(context, verb);
    else putPast(context, verb);
    return isPurpose || isConditional ? "other" : "past";
  }
  const staysPresent =
    isPurpose || opensWith(context, SUBORDINATORS_WITH_PRESENT) || opensWith(context, OPTATIVE);
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
    if (opensWith(context, SUBORDINATORS_WITH_PRESENT)) {
      putPresent(context, verb);
      return "other";
    }
    putFuture(context, verb);
    if (hasInfinitive) context.target.put(verb.at, "");
    return "future";
  }
  // есть: there is.
  const { count } = verb.subject;
  context.target.put(verb.at, count === "pl" ? "postoje" : "postoji");
  context.trace?.rule("есть without a possessor is postoji", verb.at);
  return "other";
}

function featuresFor(
  input: PredicateInput,
  reading: VerbToPut["subject"] & KnownSubject,
  verb: Parameters<typeof couldBelong>[1],
): KnownSubject {
  const { subject, state } = input;
  const found = subject ?? state.subjects.findLast((known) => couldBelong(known, verb));
  if (verb.tense === "past" || found === undefined) return found ?? reading;
  // Of the present the ending tells the person, whatever the subject seems to be.
  const person = verb.person ?? found.person;
  return { ...found, person, count: person === 3 ? found.count : (verb.count ?? found.count) };
}

/** Writes the predicate of a clause: its verb, its copula, its infinitives and gerunds. */
export function putPredicate(context: ClauseContext, input: PredicateInput): Predicate {
  const { verbAt, entry, cluster, state, isPossession } = input;
  const infinitives = infinitivesIn(context);
  const reading = verbAt === undefined ? undefined : context.words[verbAt]?.reading;
  if (verbAt === undefined || entry === undefined || reading === undefined) {
    return withoutVerb(context, input, infinitives);
  }
  const isBeing = reading.lemma === "быть";
  const subject = featuresFor(input, featuresOfVerb(reading), reading);
  const verb = { at: verbAt, entry, subject, cluster };
  context.done.add(verbAt);
  if (entry.reflexive) cluster.reflexive = true;
  const tense = isBeing ? putBeing(context, verb, infinitives.length > 0) : putVerb(context, verb);
  const auxiliary =
    tense === "past" ? (cluster.auxiliary ?? (cluster.je ? "je" : undefined)) : undefined;
  if (context.clause.coordinated && auxiliary !== undefined && auxiliary === state.auxiliary) {
    // ustao je i izašao: one auxiliary serves both.
    cluster.auxiliary = undefined;
    cluster.je = false;
    context.trace?.rule("one auxiliary serves joined verbs", verbAt);
  }
  const impersonal = isBeing ? impersonalIn(context) : undefined;
  if (isBeing) {
    putImpersonalPast(context, verb);
    putPredicatives(context, subject);
  } else if (BECOMING.has(reading.lemma) && infinitives.length === 0) {
    putPredicatives(context, subject);
  }
  const nonFinite = nonFiniteEntries(context, infinitives);
  const isBareFuture = isBeing && tense === "future";
  const control = impersonal
    ? { subject: impersonal.control, kind: impersonal.infinitiveKind }
    : { subject, kind: isBareFuture ? ("infinitive" as const) : ("da" as const) };
  return {
    showsPerson: !isPossession && reading.mood !== "imperative",
    governors: [governorOf(context, entry, verbAt, isBeing), ...nonFinite],
    finiteAt: verbAt,
    controlsObject: OBJECT_CONTROL.has(reading.lemma),
    subject,
    infinitiveCluster: isBareFuture ? undefined : infinitives[0]?.cluster,
    future: tense === "future" && canFuse(context, verb, infinitives) ? verb : undefined,
    auxiliary,
    finish: () => {
      putInfinitives(context, infinitives, control, reading.lemma);
      putGerunds(context);
    },
  };
}

/** мне надо было ехать: the predicative beside быть, which has no subject. */
function impersonalIn(context: ClauseContext): Predicative | undefined {
  const found = predicativeIn(context, undefined);
  return context.words[found?.at ?? -1]?.reading.pos === "predicative" ? found : undefined;
}

/** A future that is not negated, and whose auxiliary serves no other verb. */
function canFuse(
  context: ClauseContext,
  { at, entry }: VerbToPut,
  infinitives: readonly InfinitiveToPut[],
): boolean {
  const servesAnother = entry.sr === "biti" && infinitives.length > 0;
  return negationOf(context, at) === undefined && !servesAnother;
}

/** Infinitives and gerunds govern as finite verbs do. */
function nonFiniteEntries(
  context: ClauseContext,
  infinitives: readonly InfinitiveToPut[],
): LexiconEntry[] {
  return [...infinitives.map(({ entry }) => entry), ...gerundEntries(context)];
}

function withoutVerb(
  context: ClauseContext,
  { subject, cluster, state, isPossession }: PredicateInput,
  infinitives: readonly InfinitiveToPut[],
): Predicate {
  const predicative = isPossession
    ? undefined
    : predicativeIn(context, subject ?? state.subjects.at(-1));
  const known = subject ?? state.subjects.at(-1);
  const features = predicative?.subject ?? known;
  if (predicative) {
    putPredicatives(context, predicative.subject);
    if (needsCopula(predicative.text)) {
      context.trace?.rule("a predicative needs the copula", predicative.at);
      addCopula(context, cluster, predicative.subject, predicative.negation);
    }
  } else if (subject && !isPossession && isNominalSentence(context, subject)) {
    context.trace?.rule("a sentence without a verb gets the copula", context.clause.from);
    addCopula(context, cluster, subject, negationBeforeNominal(context));
  }
  const nonFinite = nonFiniteEntries(context, infinitives);
  const isPurpose = opensWith(context, PURPOSE);
  const kind = isPurpose ? "present" : (predicative?.infinitiveKind ?? "infinitive");
  const control = { subject: predicative?.control ?? features, kind } as const;
  return {
    showsPerson: false,
    governors: [...(predicative?.entry ? [predicative.entry] : []), ...nonFinite],
    finiteAt: predicative?.at,
    controlsObject: false,
    subject: features,
    infinitiveCluster: infinitives[0]?.cluster,
    future: undefined,
    auxiliary: undefined,
    finish: () => {
      putInfinitives(context, infinitives, control, undefined);
      putGerunds(context);
    },
  };
}

/** Он не врач: the copula takes the place of не. */
function negationBeforeNominal({ words, clause }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) if (words[at]?.form === "не") return at;
  return undefined;
}
