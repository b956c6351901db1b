import { conditional, future, presentOfBiti } from "../inflection/auxiliary.ts";
import { verbForm } from "../inflection/verb.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { foreignNegation } from "./negation.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/** A verb that is to be put into its Serbian form. */
export interface VerbToPut {
  readonly at: number;
  readonly entry: LexiconEntry;
  readonly subject: SubjectFeatures;
  readonly cluster: CliticCluster;
}

/** Where the не of a verb stands; undefined if it is not negated. */
export function negationOf({ words, clause }: ClauseContext, at: number): number | undefined {
  return at > clause.from && words[at - 1]?.form === "не" ? at - 1 : undefined;
}

/** Whether бы stands in the clause. */
export function isConditional({ words, clause }: ClauseContext): boolean {
  return words.slice(clause.from, clause.to).some(({ form }) => form === "бы" || form === "б");
}

function lParticiple({ entry, subject }: VerbToPut): string {
  const { gender, count } = subject.agreement;
  return verbForm(entry, { form: "l-participle", gender, count }) ?? entry.sr;
}

function present({ entry, subject }: VerbToPut): string {
  const { person, count } = subject;
  return verbForm(entry, { form: "present", person, count }) ?? entry.sr;
}

/** The auxiliary stands in the place of не where that is before the verb, else before the verb. */
function putForeignNegation(context: ClauseContext, negation: number, verb: VerbToPut): void {
  const auxiliary = presentOfBiti(verb.subject.person, verb.subject.count, "negated");
  context.trace?.rule("the negation of another word goes to the verb", negation);
  context.target.put(negation, negation < verb.at ? auxiliary : "");
  if (negation > verb.at) context.target.prepend(verb.at, auxiliary);
  context.done.add(negation);
}

/** Он вошёл -> Ušao je; он не вошёл -> nije ušao. The auxiliary of a negation bears the stress. */
export function putPast(context: ClauseContext, verb: VerbToPut): void {
  const { at, subject, cluster } = verb;
  const { person, count } = subject;
  const negation = negationOf(context, at);
  context.target.put(at, lParticiple(verb));
  const foreign = foreignNegation(context, at);
  if (foreign !== undefined) {
    putForeignNegation(context, foreign, verb);
    return;
  }
  if (negation !== undefined) {
    context.trace?.rule(
      "nisam, nisi, nije: the negation holds the auxiliary of the past",
      negation,
    );
    context.target.put(negation, presentOfBiti(person, count, "negated"));
    context.done.add(negation);
  } else {
    context.trace?.rule("the past is the l-participle with biti", at);
    cluster.addPresentOfBiti(subject);
  }
}

/** он пошёл бы -> išao bi; he would not: ne bi išao. */
export function putConditional(context: ClauseContext, verb: VerbToPut): void {
  const { at, subject, cluster } = verb;
  const auxiliary = conditional(subject.person, subject.count);
  const negation = negationOf(context, at);
  context.target.put(at, lParticiple(verb));
  context.trace?.rule("the conditional is the l-participle with bih", at);
  if (negation === undefined) {
    cluster.auxiliary = auxiliary;
  } else {
    context.target.put(negation, `ne ${auxiliary}`);
    context.done.add(negation);
  }
}

/** Verbs that fuse with their negation: nemam, neću. */
const FUSED: Readonly<Record<string, (form: string) => string>> = {
  imati: (form) => `ne${form.slice(1)}`,
  hteti: (form) => form.replace(/^ho/u, "ne"),
};

/** он идёт -> ide; не имеет -> nema. */
export function putPresent(context: ClauseContext, verb: VerbToPut): void {
  const negation = negationOf(context, verb.at);
  const form = present(verb);
  const fused = FUSED[verb.entry.sr];
  if (negation !== undefined) {
    context.target.put(negation, fused ? "" : "ne");
    context.done.add(negation);
  }
  const isFused = negation !== undefined && fused !== undefined;
  context.target.put(verb.at, isFused ? fused(form) : form);
  context.trace?.rule(
    isFused ? "imati and hteti fuse with their negation" : "the present stays the present",
    verb.at,
  );
}

/** он придёт -> doći će; не придёт -> neće doći. */
export function putFuture(context: ClauseContext, verb: VerbToPut): void {
  const { at, entry, subject, cluster } = verb;
  const { person, count } = subject;
  const negation = negationOf(context, at);
  context.target.put(at, verbForm(entry, { form: "infinitive" }) ?? entry.sr);
  if (negation === undefined) {
    context.trace?.rule("what is to come is the infinitive with ću", at);
    cluster.auxiliary = future(person, count, "clitic");
  } else {
    context.trace?.rule("neću: the negation holds the auxiliary of the future", negation);
    context.target.put(negation, future(person, count, "negated"));
    context.done.add(negation);
  }
}

/** radiću rather than ću raditi, where the verb itself is what the auxiliary would lean on. */
export function fuseFuture(context: ClauseContext, verb: VerbToPut): void {
  const { person, count } = verb.subject;
  const fused = verbForm(verb.entry, { form: "future", person, count });
  if (fused === undefined) return;
  context.target.put(verb.at, fused);
  verb.cluster.auxiliary = undefined;
  context.trace?.rule("a future that begins its clause fuses with its auxiliary", verb.at);
}

/** иди -> idi, не иди -> ne idi. */
export function putImperative(context: ClauseContext, verb: VerbToPut): void {
  const { at, entry, subject } = verb;
  const person = context.words[at]?.reading.person === 1 ? 1 : 2;
  const count = person === 1 ? "pl" : subject.count;
  const form = verbForm(entry, { form: "imperative", person, count });
  context.target.put(at, form ?? entry.sr);
  context.trace?.rule("the imperative stays the imperative", at);
}
