import type { Word } from "../analysis/sentence.ts";
import { pronounClitic } from "../inflection/pronoun.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { chooseFor } from "./choose-entry.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { governGroup } from "./group-transfer.ts";
import type { Predicate } from "./predicate.ts";
import type { ClauseContext } from "./transfer-context.ts";

const CONTRASTS = new Set(["и", "а", "но", "не", "даже", "только", "лишь", "ни"]);
const STRESSERS = new Set(["же", "сам", "сама", "сами", "тоже", "и", "один", "одна"]);

/** Whether я, ты, мы, вы may fall out: the verb shows who is meant. */
export function canDrop(
  { words }: ClauseContext,
  { head }: NounGroup,
  predicate: Predicate,
): boolean {
  const word = words[head];
  if (word === undefined || word.emphasised || !predicate.showsPerson) return false;
  if (!/^(?:я|ты|мы|вы)$/u.test(word.reading.lemma)) return false;
  const before = words[head - 1]?.form ?? "";
  const after = words[head + 1]?.form ?? "";
  return !CONTRASTS.has(before) && !STRESSERS.has(after);
}

/** Short forms of pronouns that no preposition and no stress keeps in their place. */
export function takeClitic(
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
  if (isContrasted(context, group.head)) return false;
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
export function isAtInfinitive(
  { words, clause }: ClauseContext,
  { head, preposition = head }: NounGroup,
): boolean {
  if (words[preposition - 1]?.reading.pos === "infinitive" && preposition > clause.from)
    return true;
  let next = head + 1;
  while (
    next < clause.to &&
    /^(?:adverb|particle|pronoun)$/u.test(words[next]?.reading.pos ?? "")
  ) {
    next += 1;
  }
  return next < clause.to && words[next]?.reading.pos === "infinitive";
}

/** тебя, а не его; ей, а не мне: a pronoun that is set against another is stressed. */
function isContrasted({ words, clause }: ClauseContext, at: number): boolean {
  const isAlone = clause.to - clause.from === 1;
  return isAlone || (words[at + 1]?.form === "а" && words[at + 2]?.form === "не");
}

/** Words that stress the pronoun behind them. */
const STRESSING = new Set(["не", "и", "ни", "даже", "только", "лишь", "или", "именно"]);

/** его и её: coordinated pronouns are stressed. не его: so is a negated one. */
function isJoined(words: readonly Word[], at: number): boolean {
  const after = words[at + 1]?.form;
  const before = words[at - 1]?.form;
  return STRESSING.has(before ?? "") || (after === "и" && words[at + 2]?.reading.pos === "pronoun");
}
