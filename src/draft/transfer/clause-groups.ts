import { adjectiveForm } from "../inflection/adjective.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { attributeEntry } from "./attributes.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { isPassive } from "./governor.ts";
import { governGroup, putGroup, type GovernedGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
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
