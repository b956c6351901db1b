import type { NounGroup } from "../syntax/noun-groups.ts";
import type { Complement } from "./choose-entry.ts";
import { putGroups } from "./clause-groups.ts";
import { CliticCluster, hostOf } from "./clitic-cluster.ts";
import { experiencerGroup } from "./experiencer.ts";
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
function dropCommaBeforeDa({ clause, target, trace }: ClauseContext): void {
  const opens = target.wordsAt(clause.from)[0] ?? "";
  const separator = target.separatorBefore(clause.from);
  if (opens !== "da" || !/^,\s+$/u.test(separator)) return;
  target.setSeparatorBefore(clause.from, " ");
  trace?.rule("no comma stands before da", clause.from);
}

/** Places the clitics; a future whose host would be its own verb fuses with it. */
function placeClitics(context: ClauseContext, predicate: Predicate, cluster: CliticCluster): void {
  const host = hostOf(context);
  if (host === undefined) return;
  const { future } = predicate;
  if (future && host === future.at) fuseFuture(context, future);
  context.target.addClitics(host, cluster.inOrder());
}

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
  dropCommaBeforeDa(context);
  state.antecedents = [...state.antecedents, ...antecedentsOf(context)];
  state.auxiliary = predicate.auxiliary;
  if (clause.to === words.length) state.antecedents = [];
}

/** Whether the clause is a relative one, or joined to one by и. */
function isEmbedded({ clause, words }: ClauseContext, { subjects }: SentenceState): boolean {
  const isRelative = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.lemma === "который");
  return isRelative || (clause.coordinated && subjects.at(-1)?.embedded === true);
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
    if (words[at]?.form !== "ли" && words[at]?.form !== "ль") continue;
    trace?.rule("ли stands among the clitics", at);
    target.put(at, "");
    done.add(at);
    return true;
  }
  return false;
}
