import type { Case } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { negationOf } from "./finite-verb.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** был учителем -> bio je učitelj: what follows biti stands in the nominative. */
const COPULA_GOVERNMENT = {
  kind: "government",
  from: "ins",
  to: { preposition: undefined, case: "nom" },
} as const;
/** не видел дома -> nije video kuću. */
const NEGATED_OBJECT = {
  kind: "government",
  from: "gen",
  to: { preposition: undefined, case: "acc" },
} as const;

/** быть решительным -> biti odlučan: also the infinitive has its predicate in the nominative. */
const copulaEntry = (entry: LexiconEntry): LexiconEntry =>
  entry.ru === "быть" ? { ...entry, use: [COPULA_GOVERNMENT] } : entry;

/** Whether the clause has a short passive participle. */
export function isPassive({ words, clause }: ClauseContext): boolean {
  return words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "short-participle");
}

/** не могу этого понять, нельзя этого делать: the negation of what governs an infinitive counts. */
export function infinitiveGovernor(
  { words, clause }: ClauseContext,
  at: number,
  entry: LexiconEntry,
): LexiconEntry {
  const plain = copulaEntry(entry);
  const before = words.slice(clause.from, at);
  const isNegated = before.some(({ form }) => form === "не" || form === "нельзя");
  const governsGenitive = plain.use.some((use) => use.kind === "government" && use.from === "gen");
  const isTransitive = words[at]?.reading.transitive === true;
  if (!isNegated || !isTransitive || governsGenitive) return plain;
  return { ...plain, use: [...plain.use, NEGATED_OBJECT] };
}

const hasShortForm = ({ words, clause }: ClauseContext) =>
  words.slice(clause.from, clause.to).some(({ reading }) => reading.pos === "short-adjective");

const hasBareGroup = ({ groups }: ClauseContext, its: Case) =>
  groups.some((group) => group.case === its && group.preposition === undefined);

/** The entry of a verb with what its place in the clause adds to its government. */
export function governorOf(
  context: ClauseContext,
  entry: LexiconEntry,
  at: number,
  isBeing: boolean,
): LexiconEntry {
  // Дом был построен отцом: an instrumental beside a passive is its agent, not its predicate.
  if (isBeing && isPassive(context)) return { ...entry, use: [] };
  // Церковь была полна народом: a short form is the predicate already.
  if (isBeing && hasShortForm(context)) return { ...entry, use: [] };
  if (isBeing) {
    if (hasBareGroup(context, "ins")) {
      context.trace?.rule("the predicate of biti stands in the nominative", at);
    }
    return { ...entry, use: [COPULA_GOVERNMENT] };
  }
  const transitive = context.words[at]?.reading.transitive === true;
  const governsGenitive = entry.use.some((use) => use.kind === "government" && use.from === "gen");
  const negated = negationOf(context, at) !== undefined;
  if (!negated || !transitive || governsGenitive) return entry;
  if (hasBareGroup(context, "gen")) {
    context.trace?.rule("the object of a negation stands in the accusative", at);
  }
  return { ...entry, use: [...entry.use, NEGATED_OBJECT] };
}
