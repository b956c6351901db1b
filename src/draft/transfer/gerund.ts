import { verbForm } from "../inflection/verb.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/** улыбаясь -> smešeći se; открыв -> otvorivši. */
export function putGerunds(context: ClauseContext): void {
  const { clause, words, done, target } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (reading?.pos !== "gerund" || done.has(at)) continue;
    const entry = verbEntry(context, at, []);
    const form = reading.aspect === "pf" ? "past-gerund" : "present-gerund";
    const gerund = verbForm(entry, { form }) ?? entry.sr;
    target.put(at, entry.reflexive ? `${gerund} se` : gerund);
    done.add(at);
  }
}
