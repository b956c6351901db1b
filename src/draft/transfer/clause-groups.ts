import type { Case } from "../grammar.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { attributeEntry } from "./attributes.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { isPassive } from "./governor.ts";
import { governGroup, putGroup, type GovernedGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
import { putOwner } from "./owner.ts";
import type { Predicate } from "./predicate.ts";
import { canDrop, isAtInfinitive, takeClitic } from "./pronoun-clitics.ts";
import type { ClauseContext } from "./transfer-context.ts";

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

/** Verbs whose instrumental is said of their object, wherever that stands: считать что хорошим. */
const JUDGING =
  /^(?:считать|почитать|называть|назвать|находить|признать|признавать|сделать|делать)$/u;

/** вернулась весёлой, сидят голодные: an adjective without a noun that fits the subject. */
function isSaidOfSubject(
  { words, groups }: ClauseContext,
  { head, numeral }: NounGroup,
  { subject, finiteAt }: Predicate,
): boolean {
  const word = words[head];
  const verb = words[finiteAt ?? -1]?.reading;
  if (word === undefined || verb?.pos !== "verb" || subject === undefined) return false;
  const { case: its, count, gender, pronominal } = word.reading;
  // считал себя умным: what is said of the object stays in its case.
  const hasObject = groups.some(
    (group) => group.head !== head && group.case === "acc" && group.preposition === undefined,
  );
  if (
    hasObject ||
    JUDGING.test(verb.lemma) ||
    pronominal === true ||
    numeral !== undefined ||
    head < (finiteAt ?? 0)
  )
    return false;
  if (its === "acc") return count === "pl" && subject.count === "pl" && verb.transitive !== true;
  const isInstrumental = its === "ins" || (gender === "f" && /[оеё][йю]$/u.test(word.form));
  return isInstrumental && count === subject.count;
}

/** небо было чистым -> nebo je bilo čisto: the predicate agrees with the Serbian subject. */
function putPredicateAdjective(
  context: ClauseContext,
  { group, case: its }: GovernedGroup,
  predicate: Predicate,
): boolean {
  const { subject } = predicate;
  const isAdjective = context.words[group.head]?.reading.pos === "adjective";
  if (!isAdjective || group.preposition !== undefined || !subject) return false;
  if (its !== "nom" && !isSaidOfSubject(context, group, predicate)) return false;
  const entry = attributeEntry(context, group.head, undefined);
  if (!entry) return false;
  // надо быть решительным: nobody is named, and a man is meant.
  const isNobody = context.words[predicate.finiteAt ?? -1]?.reading.pos === "predicative";
  const features = {
    ...subject.agreement,
    ...(isNobody && { gender: "m" as const, animate: true }),
    case: "nom",
    definite: false,
    degree: "positive",
  } as const;
  context.target.put(group.head, adjectiveForm(entry, features));
  context.trace?.rule("a predicate adjective agrees with the Serbian subject", group.head);
  context.done.add(group.head);
  return true;
}

/** Whether a comparative stands before the group: старше сестры; but больше дров is more of it. */
function isComparedTo({ words, groups }: ClauseContext, group: NounGroup): boolean {
  const before = words[Math.min(group.head, ...group.attributes) - 1];
  if (group.case !== "gen" || before?.reading.pos !== "comparative") return false;
  const isQuantity = /^(?:больше|меньше|более|менее)$/u.test(before.form);
  const head = words[group.head]?.reading;
  const hasObject = groups.some(({ case: its, preposition }) => its === "acc" && !preposition);
  return !isQuantity || hasObject || head?.pos !== "noun" || head.animate === true;
}

/** старше сестры -> stariji od sestre; построен отцом -> sagrađen od oca. */
function withOwnPreposition(
  context: ClauseContext,
  governed: GovernedGroup | undefined,
): GovernedGroup | undefined {
  if (!governed || governed.group.preposition !== undefined) return governed;
  const { group } = governed;
  const { words } = context;
  const isCompared = isComparedTo(context, group);
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

/** Вот мой дом -> Evo moje kuće; but Вот идёт поезд, вот и всё. */
function subjectCase({ words, clause, trace }: ClauseContext, { head }: NounGroup): Case {
  const shows = /^(?:вот|вон)$/u.test(words[clause.from]?.form ?? "");
  const isShown = !/^(?:это|весь|все|что|кто|который)$/u.test(words[head]?.reading.lemma ?? "");
  const hasVerb = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "verb" || reading.pos.startsWith("short"));
  if (!shows || !isShown || hasVerb) return "nom";
  trace?.rule("what is shown by вот stands in the genitive", head);
  return "gen";
}

/** Writes the noun groups of a clause: its subject, what its predicate governs, and what is left. */
export function putGroups(
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
      if (head)
        putGroup(context, { group, head, case: subjectCase(context, group), preposition: "" });
      continue;
    }
    if (putOwner(context, group, subject, cluster)) continue;
    const governors = governorsOf(context, group, predicate.governors);
    const own = predicate.infinitiveCluster;
    const toInfinitive =
      own !== undefined && !predicate.controlsObject && isAtInfinitive(context, group);
    const isOwnWord = isComparedTo(context, group);
    const itsCluster = toInfinitive ? own : cluster;
    if (!isOwnWord && takeClitic(context, group, governors, itsCluster)) continue;
    const governed = withOwnPreposition(context, governGroup(context, group, governors));
    if (!governed) continue;
    if (putPredicateAdjective(context, governed, predicate)) continue;
    // он добрый человек: a second nominative says what somebody is.
    putGroup(context, { ...governed, isIndefinite: governed.case === "nom" });
  }
}
