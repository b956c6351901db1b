import type { NounGroup } from "../syntax/noun-groups.ts";
import { putAddress } from "./address.ts";
import type { Complement } from "./choose-entry.ts";
import { putGroups } from "./clause-groups.ts";
import { CliticCluster, hostOf } from "./clitic-cluster.ts";
import { experiencerGroup } from "./experiencer.ts";
import type { Control } from "./infinitive-control.ts";
import { fuseFuture } from "./finite-verb.ts";
import { putFurtherVerbs } from "./further-verbs.ts";
import { putRest } from "./function-words.ts";
import { targetHead } from "./nouns.ts";
import { possessionIn, putPossession } from "./possession.ts";
import { putParticiples } from "./participles.ts";
import { putPredicate, type Predicate } from "./predicate.ts";
import { putRelative, type Antecedent } from "./relative.ts";
import { subjectFeatures, subjectGroup, type KnownSubject } from "./subject.ts";
import { normalPreposition, type ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/** What one clause tells the next ones of its sentence. */
export interface SentenceState {
  /** Subjects so far, the nearest last: a relative clause does not make the one before it forgotten. */
  subjects: KnownSubject[];
  antecedents: Antecedent[];
  /** The auxiliary of the clause before, which a coordinated clause does not repeat. */
  auxiliary: string | undefined;
  /** How the infinitives of the clause before were put, which those of a list go on with. */
  control: Pick<Control, "subject" | "kind"> | undefined;
  /** Where a clause ended whose predicate has the copula. */
  copula: number | undefined;
  /** First word of the clause before. */
  opening: string | undefined;
}

/** Complements of the clause's verb: every group that is not its subject, and its infinitives. */
function complementsOf(
  { groups, words, clause }: ClauseContext,
  subject: NounGroup | undefined,
): Complement[] {
  const complements: Complement[] = groups
    .filter((group) => group !== subject)
    .map(({ preposition, case: its }) => ({
      preposition:
        preposition === undefined ? undefined : normalPreposition(words[preposition]?.form ?? ""),
      case: its,
    }));
  const hasInfinitive = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "infinitive");
  return hasInfinitive ? [...complements, { preposition: undefined, case: "inf" }] : complements;
}

/** думал, что -> mislio da: no comma stands before da. */
function dropCommaBeforeDa({ clause, target, trace, words }: ClauseContext): void {
  const opens = target.wordsAt(clause.from)[0] ?? "";
  const separator = target.separatorBefore(clause.from);
  const opensComparison = opens === "nego" && words[clause.from]?.form === "чем";
  if (!(opens === "da" || opensComparison) || !/^,\s+$/u.test(separator)) return;
  // тако гласно, да: what is measured ends with its comma.
  if (opens === "da" && words[clause.from - 1]?.form === "так") return;
  target.setSeparatorBefore(clause.from, " ");
  trace?.rule("no comma stands before da", clause.from);
}

/** придёт ли он -> da li će doći on: da bears li and the auxiliary, the word follows them. */
function openWithDaLi(context: ClauseContext, host: number): number {
  const { words, clause, target, trace } = context;
  const li = liIn(context) ?? host + 1;
  if (li - 1 > host) return host;
  // Будут ли они петь: the auxiliary that stood first has become a clitic.
  if (li - 1 < host) {
    target.put(li - 1, "da");
    return li - 1;
  }
  trace?.rule("da li opens a question that would part the auxiliary", host);
  const opened = target.wordsAt(host).join(" ");
  const last = clause.to - 1;
  // дома ли он -> da li je on kod kuće: a pronoun comes first.
  const isBeforePronoun = last === li + 1 && words[last]?.reading.pos === "pronoun";
  if (isBeforePronoun) target.put(last, [...target.wordsAt(last), opened].join(" "));
  else target.put(li, opened);
  target.put(host, "da");
  return host;
}

function liIn({ words, clause }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) {
    if (words[at]?.form === "ли" || words[at]?.form === "ль") return at;
  }
  return undefined;
}

/** Places the clitics; a future whose host would be its own verb fuses with it. */
function placeClitics(context: ClauseContext, predicate: Predicate, cluster: CliticCluster): void {
  const found = hostOf(context);
  if (found === undefined) return;
  const { future } = predicate;
  const needsDa = cluster.li && (cluster.auxiliary !== undefined || cluster.je);
  const host = needsDa ? openWithDaLi(context, found) : found;
  if (!needsDa && future && host === future.at) fuseFuture(context, future);
  // gledala je popreko: of a verb of several words the first one bears the clitics.
  const isVerb = context.words[host]?.reading.pos === "verb";
  const isExpression = isVerb && !NEGATION.test(context.target.wordsAt(host)[0] ?? "");
  if (isExpression) context.target.insertClitics(host, cluster.inOrder());
  else context.target.addClitics(host, cluster.inOrder());
}

/** What stands before a verb in its slot, and parts with its clitics no more than it does. */
const NEGATION = /^(?:ne|nije|nisam|nisi|nismo|niste|nisu|da|neka|treba)$/u;

function antecedentsOf(context: ClauseContext): Antecedent[] {
  return context.groups.flatMap(({ head, count }) => {
    const reading = context.words[head]?.reading;
    const target = reading?.pos === "noun" ? targetHead(context, head, count) : undefined;
    if (!reading || !target) return [];
    const its = context.cases.get(head) ?? reading.case ?? "nom";
    return [{ reading, agreement: target.agreement, case: its }];
  });
}

/** Translates one clause into its slots. */
export function transferClause(context: ClauseContext, state: SentenceState): void {
  const cluster = new CliticCluster();
  const { words, clause } = context;
  if (putAddress(context)) {
    putRest(context);
    return;
  }
  cluster.li = takeLi(context);
  const relative = putRelative(context, state.antecedents);
  const possession = possessionIn(context);
  if (possession) state.subjects.push(putPossession(context, possession, cluster));
  const verbAt = finiteVerbIn(context);
  const verb = verbAt === undefined ? undefined : words[verbAt]?.reading;
  const nominative = possession || relative ? undefined : subjectGroup(context, verb);
  const entry =
    verbAt === undefined
      ? undefined
      : verbEntry(context, verbAt, complementsOf(context, nominative));
  const experiencer = nominative ? undefined : experiencerGroup(context, entry);
  const group = nominative ?? experiencer;
  // Of мне хочется the verb is neuter whoever speaks.
  const named = group && subjectFeatures(context, group, experiencer ? undefined : verb);
  const predicate = putPredicate(context, {
    verbAt: possession ? undefined : verbAt,
    entry,
    subject: relative ?? named,
    state,
    cluster,
    isPossession: possession !== undefined,
  });
  const own = named ?? relative;
  if (own) state.subjects.push(isEmbedded(context, state) ? { ...own, embedded: true } : own);
  putFurtherVerbs(context, state, cluster);
  putParticiples(context, state.antecedents);
  putGroups(context, group, predicate, cluster);
  predicate.finish();
  putRest(context);
  placeClitics(context, predicate, cluster);
  // что надо трудиться, что жизнь коротка: in a list the commas stay.
  const opensByItself = words[clause.from]?.reading.pos === "conjunction";
  if (opensByItself && words[clause.from]?.form !== state.opening) dropCommaBeforeDa(context);
  state.antecedents = [...state.antecedents, ...antecedentsOf(context)];
  state.auxiliary = predicate.auxiliary;
  state.control = predicate.control;
  state.opening = words[clause.from]?.form;
  if (clause.to === words.length) state.antecedents = [];
}

/** Whether the clause is a relative or an indirect question, or joined to one by и. */
function isEmbedded({ clause, words }: ClauseContext, { subjects }: SentenceState): boolean {
  const isRelative = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.lemma === "который");
  const opening = words[clause.from]?.form ?? "";
  const isPlaced = clause.from > 0 && /^(?:где|куда|откуда)$/u.test(opening);
  const isJoined = clause.coordinated && subjects.at(-1)?.embedded === true;
  return isRelative || isPlaced || isJoined;
}

function finiteVerbIn({ words, clause, done }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) {
    if (!done.has(at) && words[at]?.reading.pos === "verb") return at;
  }
  return undefined;
}

/** знает ли он -> zna li on. */
function takeLi({ words, clause, target, done, trace }: ClauseContext): boolean {
  for (let at = clause.from + 1; at < clause.to; at += 1) {
    if (done.has(at) || (words[at]?.form !== "ли" && words[at]?.form !== "ль")) continue;
    trace?.rule("ли stands among the clitics", at);
    target.put(at, "");
    done.add(at);
    return true;
  }
  return false;
}
