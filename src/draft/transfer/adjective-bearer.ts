import type { Agreement, Case } from "../grammar.ts";
import type { Reading } from "../morphology/reading.ts";
import { targetHead } from "./nouns.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** The noun that an adjective without one of its own belongs to. */
export interface Bearer {
  readonly agreement: Agreement;
  /** The Serbian case of a noun that stands before it. */
  readonly case: Case | undefined;
  /** The adjective stands apart behind the noun: брат, молодой и красивый. */
  readonly isDetached: boolean;
}

const alike = (one: Reading, other: Reading) =>
  one.case === other.case &&
  one.count === other.count &&
  (one.count === "pl" || !one.gender || !other.gender || one.gender === other.gender);

/** доброе, жалкое лицо: behind a comma or и more attributes lead to the noun. */
function nounAhead(context: ClauseContext, at: number): Bearer | undefined {
  const { words } = context;
  const own = words[at]?.reading;
  const isSeries = (next: number) =>
    words[next]?.before.trim() === "," ||
    (words[next]?.form === "и" && words[next]?.before === " ");
  if (own === undefined || !isSeries(at + 1)) return undefined;
  for (let next = at + 1; next < Math.min(words.length, at + 7); next += 1) {
    const reading = words[next]?.reading;
    if (reading === undefined) return undefined;
    const passes = reading.pos === "adverb" || words[next]?.form === "и";
    if (passes) continue;
    if (!alike(own, reading)) return undefined;
    if (reading.pos !== "noun") continue;
    const head = targetHead(context, next, reading.count ?? "sg");
    return head && { agreement: head.agreement.attribute, case: undefined, isDetached: false };
  }
  return undefined;
}

/** жены чиновников, некрасивые: the nearest noun before in the same case. */
function nounBefore({ words, clause, antecedents }: ClauseContext, at: number): Bearer | undefined {
  const own = words[at]?.reading;
  const hasVerb = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "verb" || reading.pos === "infinitive");
  if (own === undefined || clause.from === 0 || hasVerb) return undefined;
  const found = antecedents.findLast(({ reading }) => alike(own, reading));
  return found && { agreement: found.agreement.attribute, case: found.case, isDetached: true };
}

/** The noun whose gender, number and case the adjective at `at` takes, if one is near. */
export function bearerOf(context: ClauseContext, at: number): Bearer | undefined {
  const reading = context.words[at]?.reading;
  if (reading?.pos !== "adjective" || reading.pronominal === true) return undefined;
  return nounAhead(context, at) ?? nounBefore(context, at);
}
