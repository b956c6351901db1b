import type { LexiconEntry } from "../lexicon/entry.ts";
import { verbForm } from "../inflection/verb.ts";
import { copulaEntry } from "./governor.ts";
import type { InfinitiveToPut } from "./infinitive-control.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

function gerundsIn({ clause, words }: ClauseContext): number[] {
  const found: number[] = [];
  for (let at = clause.from; at < clause.to; at += 1) {
    if (words[at]?.reading.pos === "gerund") found.push(at);
  }
  return found;
}

/** Entries of the clause's gerunds, for what they govern. */
function gerundEntries(context: ClauseContext): LexiconEntry[] {
  return gerundsIn(context).map((at) => verbEntry(context, at, []));
}

/** улыбаясь -> smešeći se; открыв -> otvorivši. */
export function putGerunds(context: ClauseContext): void {
  const { words, done, target } = context;
  for (const at of gerundsIn(context)) {
    if (done.has(at)) continue;
    const entry = verbEntry(context, at, []);
    const isPerfective = words[at]?.reading.aspect === "pf";
    const form = isPerfective ? "past-gerund" : "present-gerund";
    context.trace?.rule(
      isPerfective
        ? "a gerund of a perfective is the past one"
        : "a gerund of an imperfective is the present one",
      at,
    );
    const gerund = verbForm(entry, { form }) ?? entry.sr;
    target.put(at, entry.reflexive ? `${gerund} se` : gerund);
    done.add(at);
  }
}

/** Infinitives and gerunds govern as finite verbs do. */
export function nonFiniteEntries(
  context: ClauseContext,
  infinitives: readonly InfinitiveToPut[],
): LexiconEntry[] {
  return [...infinitives.map(({ entry }) => copulaEntry(entry)), ...gerundEntries(context)];
}
