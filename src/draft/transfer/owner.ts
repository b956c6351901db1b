import { pronounClitic } from "../inflection/pronoun.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { chooseFor } from "./choose-entry.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { putGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** у меня болит голова -> boli me glava: Serbian pains have an object. */
const PAINS = new Set(["болеть", "заболеть", "разболеться", "ныть"]);

/**
 * у неё дрожали руки -> ruke su joj drhtale: whose thing the subject is stands in the dative. What
 * people do at somebody's stays there: у него собирались гости.
 *
 * @returns whether the group was written so.
 */
export function putOwner(
  context: ClauseContext,
  group: NounGroup,
  subject: NounGroup | undefined,
  cluster: CliticCluster,
): boolean {
  const { words, clause, lexicon, target, done } = context;
  if (group.preposition === undefined || words[group.preposition]?.form !== "у") return false;
  const owner = words[group.head]?.reading;
  const verb = words
    .slice(clause.from, clause.to)
    .find(({ reading }) => reading.pos === "verb")?.reading;
  const hasInfinitive = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "infinitive");
  if (!owner || !verb || verb.transitive === true || hasInfinitive) return false;
  const hurts = PAINS.has(verb.lemma);
  const thing = subject && words[subject.head]?.reading;
  const isThing = thing?.pos === "noun" && thing.animate !== true && subject?.numeral === undefined;
  if (!hurts && !isThing) return false;
  if (owner.pos !== "pronoun" && owner.animate !== true) return false;
  const its = hurts ? "acc" : "dat";
  const entry = chooseFor(context, group.head, lexicon.entriesOf(owner.lemma, "pron"));
  const clitic = owner.pos === "pronoun" && entry ? pronounClitic(entry, its) : undefined;
  const head = targetHead(context, group.head, group.count);
  if (clitic === undefined && head === undefined) return false;
  context.trace?.rule("whose things do something is named in the dative", group.head);
  target.put(group.preposition, "");
  done.add(group.preposition);
  if (clitic === undefined && head) {
    putGroup(context, {
      group: { ...group, preposition: undefined },
      head,
      case: its,
      preposition: "",
    });
    return true;
  }
  if (clitic !== undefined) (hurts ? cluster.accusative : cluster.dative).push(clitic);
  target.put(group.head, "");
  done.add(group.head);
  return true;
}
