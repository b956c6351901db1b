import type { Word } from "../analysis/sentence.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import { pronounClitic } from "../inflection/pronoun.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { attributeEntry } from "./attributes.ts";
import { chooseFor, type Complement } from "./choose-entry.ts";
import { CliticCluster, hostOf } from "./clitic-cluster.ts";
import { fuseFuture } from "./finite-verb.ts";
import { putFurtherVerbs } from "./further-verbs.ts";
import { putRest } from "./function-words.ts";
import { governGroup, putGroup, type GovernedGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
import { possessionIn, putPossession } from "./possession.ts";
import { putParticiples } from "./participles.ts";
import { isPassive } from "./governor.ts";
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

const CONTRASTS = new Set(["и", "а", "но", "не", "даже", "только", "лишь", "ни"]);
const STRESSERS = new Set(["же", "сам", "сама", "сами", "тоже", "и", "один", "одна"]);

/** Whether я, ты, мы, вы may fall out: the verb shows who is meant. */
function canDrop({ words }: ClauseContext, { head }: NounGroup, predicate: Predicate): boolean {
  const word = words[head];
  if (word === undefined || word.emphasised || !predicate.showsPerson) return false;
  if (!/^(?:я|ты|мы|вы)$/u.test(word.reading.lemma)) return false;
  const before = words[head - 1]?.form ?? "";
  const after = words[head + 1]?.form ?? "";
  return !CONTRASTS.has(before) && !STRESSERS.has(after);
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

/** Short forms of pronouns that no preposition and no stress keeps in their place. */
function takeClitic(
  context: ClauseContext,
  group: NounGroup,
  governors: readonly LexiconEntry[],
  cluster: CliticCluster,
): boolean {
  const { words, lexicon, target, done } = context;
  const word = words[group.head];
  if (!word || word.reading.pos !== "pronoun") return false;
  if (context.phrases.has(group.preposition ?? -1)) return false;
  if (word.emphasised || group.coordinated || isJoined(words, group.head)) return false;
  const governed = governGroup(context, group, governors);
  const entry = chooseFor(context, group.head, lexicon.entriesOf(word.reading.lemma, "pron"));
  if (!governed || !entry || governed.preposition !== "") return false;
  const clitic = pronounClitic(entry, governed.case);
  if (clitic === undefined) return false;
  if (clitic === "se") cluster.reflexive = true;
  else if (governed.case === "dat") cluster.dative.push(clitic);
  else cluster.accusative.push(clitic);
  context.trace?.rule("unstressed pronouns are clitics", group.head);
  target.put(group.head, "");
  done.add(group.head);
  if (group.preposition !== undefined) {
    // подошёл к ней -> prišao joj: the verb asks for no preposition here.
    target.put(group.preposition, "");
    done.add(group.preposition);
  }
  return true;
}

/** Whether a pronoun stands at an infinitive: хотел его видеть; but: дал ему возможность уйти. */
function isAtInfinitive({ words, clause }: ClauseContext, at: number): boolean {
  if (words[at - 1]?.reading.pos === "infinitive" && at > clause.from) return true;
  let next = at + 1;
  while (
    next < clause.to &&
    /^(?:adverb|particle|pronoun)$/u.test(words[next]?.reading.pos ?? "")
  ) {
    next += 1;
  }
  return next < clause.to && words[next]?.reading.pos === "infinitive";
}

/** думал, что -> mislio da: no comma stands before da. */
function dropCommaBeforeDa({ clause, target, trace }: ClauseContext): void {
  const opens = target.wordsAt(clause.from)[0] ?? "";
  const separator = target.separatorBefore(clause.from);
  if (opens !== "da" || !/^,\s+$/u.test(separator)) return;
  target.setSeparatorBefore(clause.from, " ");
  trace?.rule("no comma stands before da", clause.from);
}

/** его и её: coordinated pronouns are stressed. не его: so is a negated one. */
function isJoined(words: readonly Word[], at: number): boolean {
  const after = words[at + 1]?.form;
  const before = words[at - 1]?.form;
  return (
    before === "не" || before === "и" || (after === "и" && words[at + 2]?.reading.pos === "pronoun")
  );
}

/** Entries that a group may depend on: the noun before it, then the verb of the clause. */
function governorsOf(
  { words, lexicon }: ClauseContext,
  group: NounGroup,
  verbs: readonly LexiconEntry[],
): LexiconEntry[] {
  const first = Math.min(group.preposition ?? group.head, group.head, ...group.attributes);
  const before = words[first - 1]?.reading;
  const nouns = before?.pos === "noun" ? lexicon.entriesOf(before.lemma, "n") : [];
  const adjectives =
    before?.pos === "adjective" || before?.pos === "short-adjective"
      ? lexicon.entriesOf(before.lemma, "a")
      : [];
  // дом отца: a genitive after a noun is its own, whatever the verb governs.
  const isAttribute =
    before?.pos === "noun" && group.case === "gen" && group.preposition === undefined;
  return [...nouns, ...adjectives, ...(isAttribute ? [] : verbs)];
}

/** небо было чистым -> nebo je bilo čisto: the predicate agrees with the Serbian subject. */
function putPredicateAdjective(
  context: ClauseContext,
  { group, case: its }: GovernedGroup,
  { subject }: Predicate,
): boolean {
  const isAdjective = context.words[group.head]?.reading.pos === "adjective";
  if (!isAdjective || group.preposition !== undefined || its !== "nom" || !subject) return false;
  const entry = attributeEntry(context, group.head, undefined);
  if (!entry) return false;
  const features = {
    ...subject.agreement,
    case: "nom",
    definite: false,
    degree: "positive",
  } as const;
  context.target.put(group.head, adjectiveForm(entry, features));
  context.trace?.rule("a predicate adjective agrees with the Serbian subject", group.head);
  context.done.add(group.head);
  return true;
}

/** старше сестры -> stariji od sestre; построен отцом -> sagrađen od oca. */
function withOwnPreposition(
  context: ClauseContext,
  governed: GovernedGroup | undefined,
): GovernedGroup | undefined {
  if (!governed || governed.group.preposition !== undefined) return governed;
  const { group } = governed;
  const { words } = context;
  const first = Math.min(group.head, ...group.attributes);
  const isCompared = group.case === "gen" && words[first - 1]?.reading.pos === "comparative";
  const isAgent =
    group.case === "ins" && words[group.head]?.reading.animate === true && isPassive(context);
  if (!isCompared && !isAgent) return governed;
  context.trace?.rule(
    isCompared
      ? "the second of a comparison stands with od"
      : "the agent of a passive stands with od",
    group.head,
  );
  return { ...governed, case: "gen", preposition: "od" };
}

function putGroups(
  context: ClauseContext,
  subject: NounGroup | undefined,
  predicate: Predicate,
  cluster: CliticCluster,
): void {
  for (const group of context.groups) {
    if (context.done.has(group.head)) continue;
    if (group === subject) {
      if (canDrop(context, group, predicate)) {
        context.trace?.rule("pronouns that the verb shows fall out", group.head);
        context.target.put(group.head, "");
        context.done.add(group.head);
        continue;
      }
      const head = targetHead(context, group.head, group.count);
      if (head) putGroup(context, { group, head, case: "nom", preposition: "" });
      continue;
    }
    const governors = governorsOf(context, group, predicate.governors);
    const own = predicate.infinitiveCluster;
    const toInfinitive =
      own !== undefined && !predicate.controlsObject && isAtInfinitive(context, group.head);
    if (takeClitic(context, group, governors, toInfinitive ? own : cluster)) continue;
    const governed = withOwnPreposition(context, governGroup(context, group, governors));
    if (!governed) continue;
    if (!putPredicateAdjective(context, governed, predicate)) putGroup(context, governed);
  }
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
  const group = possession ? undefined : relative ? undefined : subjectGroup(context, verb);
  const named = group && subjectFeatures(context, group, verb);
  const entry =
    verbAt === undefined ? undefined : verbEntry(context, verbAt, complementsOf(context, group));
  const predicate = putPredicate(context, {
    verbAt: possession ? undefined : verbAt,
    entry,
    subject: relative ?? named,
    state,
    cluster,
    isPossession: possession !== undefined,
  });
  const own = named ?? relative;
  if (own) state.subjects.push(own);
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
