import type { Word } from "../analysis/sentence.ts";
import { conditional, future, presentOfBiti } from "../inflection/auxiliary.ts";
import { verbForm } from "../inflection/verb.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { isConditional } from "./finite-verb.ts";
import { governGroup, putGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
import { personOf, type KnownSubject } from "./subject.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** у него есть дом: the possessor, the thing, and the verb or нет between them. */
export interface Possession {
  readonly possessor: NounGroup;
  readonly thing: NounGroup;
  /** Place of есть, был or нет; undefined where nothing is said. */
  readonly verb: number | undefined;
  readonly negated: boolean;
}

const isBeing = (lemma: string) => lemma === "быть" || lemma === "нет" || lemma === "есть";

type Groups = readonly NounGroup[];

const isNominative = ({ case: its, preposition }: NounGroup) =>
  its === "nom" && preposition === undefined;

/** Я был у доктора, брат был у отца: somebody is at somebody's. */
function visits(
  words: readonly Word[],
  groups: Groups,
  possessor: NounGroup,
  verb: number | undefined,
): boolean {
  const guest = groups.find((group) => isNominative(group) && group.head < possessor.head);
  const reading = guest && words[guest.head]?.reading;
  return reading?.pos === "pronoun" || (reading?.animate === true && verb !== undefined);
}

/** Движения у него были не быстрые: of two nominatives the second is said of the first. */
function isSaidOfThing(words: readonly Word[], groups: Groups, verb: number | undefined): boolean {
  const parts = new Set(groups.filter(isNominative).map(({ head }) => words[head]?.reading.pos));
  return verb !== undefined && parts.has("adjective") && parts.has("noun");
}

/**
 * Finds the Russian way to say "to have": у + genitive with быть, нет or no verb at all. The thing
 * possessed stands in the nominative, after a negation in the genitive.
 */
export function possessionIn({ words, groups, clause }: ClauseContext): Possession | undefined {
  const possessor = groups.find(
    ({ preposition, head }) =>
      preposition !== undefined &&
      words[preposition]?.form === "у" &&
      (words[head]?.reading.pos === "pronoun" || words[head]?.reading.animate === true),
  );
  if (possessor === undefined) return undefined;
  let verb: number | undefined;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (reading === undefined) continue;
    if (isBeing(reading.lemma)) verb = at;
    else if (reading.pos === "verb" || reading.pos === "short-participle") return undefined;
  }
  if (visits(words, groups, possessor, verb) || isSaidOfThing(words, groups, verb))
    return undefined;
  const form = verb === undefined ? "" : (words[verb]?.form ?? "");
  const negated = form === "нет" || (verb !== undefined && words[verb - 1]?.form === "не");
  const thing = groups.find(
    (group) =>
      group !== possessor &&
      group.preposition === undefined &&
      group.case === (negated ? "gen" : "nom"),
  );
  return thing && { possessor, thing, verb, negated };
}

/** The possessor as the subject of imati. */
function possessorFeatures(context: ClauseContext, { possessor }: Possession): KnownSubject {
  const reading = context.words[possessor.head]?.reading;
  const [person, count] = reading ? personOf(reading) : ([3, "sg"] as const);
  const head = targetHead(context, possessor.head, possessor.count);
  const gender = head?.agreement.predicate.gender ?? reading?.gender ?? "m";
  const agreement = { gender, count, animate: true };
  return { agreement, person, count, sourceCount: count, sourceGender: reading?.gender };
}

/** The possessor in the nominative; ja and ti fall out, as the verb shows them. */
function putPossessor(context: ClauseContext, { possessor }: Possession, person: number): void {
  const { target, done } = context;
  if (possessor.preposition !== undefined) {
    target.put(possessor.preposition, "");
    done.add(possessor.preposition);
  }
  const head = targetHead(context, possessor.head, possessor.count);
  const bare = { ...possessor, preposition: undefined };
  if (head) putGroup(context, { group: bare, head, case: "nom", preposition: "" });
  const isPronoun = context.words[possessor.head]?.reading.pos === "pronoun";
  if (isPronoun && person < 3) target.put(possessor.head, "");
}

/** The form of imati, written in the place of быть or нет, else behind the possessor. */
function putHaving(
  context: ClauseContext,
  { possessor, verb, negated }: Possession,
  subject: KnownSubject,
  cluster: CliticCluster,
): void {
  const { target, done, words, lexicon } = context;
  const { person, count, agreement } = subject;
  const entry = lexicon.entriesOf("иметь", "v")[0];
  if (entry === undefined) return;
  const reading = verb === undefined ? undefined : words[verb]?.reading;
  const present = verbForm(entry, { form: "present", person, count }) ?? "";
  if (verb === undefined) {
    const before = target.wordsAt(possessor.head).join(" ");
    target.put(possessor.head, before === "" ? present : `${before} ${present}`);
    return;
  }
  done.add(verb);
  if (negated && words[verb]?.form !== "нет") done.add(verb - 1);
  if (reading?.tense === "past") {
    target.put(verb, verbForm(entry, { form: "l-participle", ...agreement }) ?? "");
    if (negated) target.put(verb - 1, presentOfBiti(person, count, "negated"));
    else if (isConditional(context)) cluster.auxiliary = conditional(person, count);
    else cluster.addPresentOfBiti(subject);
  } else if (reading?.tense === "future") {
    target.put(verb, "imati");
    if (negated) target.put(verb - 1, future(person, count, "negated"));
    else cluster.auxiliary = future(person, count, "clitic");
  } else {
    target.put(verb, negated ? `ne${present.slice(1)}` : present);
  }
}

/** у него был дом -> imao je kuću. @returns the possessor as subject. */
export function putPossession(
  context: ClauseContext,
  possession: Possession,
  cluster: CliticCluster,
): KnownSubject {
  context.trace?.rule("у кого есть is imati", possession.possessor.head);
  const subject = possessorFeatures(context, possession);
  putPossessor(context, possession, subject.person);
  putHaving(context, possession, subject, cluster);
  const governed = governGroup(context, possession.thing, []);
  const its = possession.negated ? "gen" : "acc";
  // ни копейки: a fixed expression is written already.
  if (governed && !context.done.has(possession.thing.head)) {
    putGroup(context, { ...governed, case: its, isIndefinite: true });
  }
  return subject;
}
