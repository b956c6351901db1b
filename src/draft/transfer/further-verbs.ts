import type { SentenceState } from "./clause-transfer.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import { putVerb } from "./predicate.ts";
import { featuresOfVerb, subjectBefore } from "./subject.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/**
 * Writes the finite verbs of a clause beside its predicate, where no mark and no conjunction parts
 * them: сидит молчит; возьми да скажи. No verb may be left in Russian.
 */
export function putFurtherVerbs(
  context: ClauseContext,
  { subjects }: SentenceState,
  cluster: CliticCluster,
): void {
  const { clause, words, done } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (reading?.pos !== "verb" || done.has(at)) continue;
    const subject = subjectBefore(subjects, reading, clause.coordinated) ?? featuresOfVerb(reading);
    const entry = verbEntry(context, at, []);
    if (entry.reflexive) cluster.reflexive = true;
    context.trace?.rule("a second verb without a mark is put like the first", at);
    putVerb(context, { at, entry, subject, cluster });
    done.add(at);
  }
}
