import type { LexiconEntry } from "../lexicon/entry.ts";
import { verbForm } from "../inflection/verb.ts";
import type { CliticCluster } from "./clitic-cluster.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";

/**
 * How an infinitive is said: with da and the present, the present alone after da, as it is, or
 * bare, with its clitics among those of the clause: deca će se smejati.
 */
export type InfinitiveKind = "da" | "present" | "infinitive" | "bare";

const INFINITIVE_RULES = {
  da: "an infinitive becomes da with the present",
  present: "an infinitive behind da is the present alone",
  infinitive: "an infinitive stays an infinitive",
  bare: "an infinitive stays an infinitive",
} as const;

/**
 * хочет идти -> hoće da ide; чтобы идти -> da ide; можно идти -> može se ići. The clitics of the
 * infinitive stand behind its da: hteo je da ga vidi.
 */
export function putInfinitive(
  context: ClauseContext,
  at: number,
  entry: LexiconEntry,
  kind: InfinitiveKind,
  { person, count }: SubjectFeatures,
  cluster: CliticCluster,
): void {
  const { target, words, done, trace } = context;
  done.add(at);
  if (entry.reflexive) cluster.reflexive = true;
  const clitics = cluster.inOrder();
  const negated = words[at - 1]?.form === "не";
  if (negated) {
    target.put(at - 1, "");
    done.add(at - 1);
  }
  const ne = negated ? ["ne"] : [];
  trace?.rule(INFINITIVE_RULES[kind], at);
  if (kind === "infinitive" || kind === "bare") {
    const infinitive = verbForm(entry, { form: "infinitive" }) ?? entry.sr;
    const own = kind === "bare" ? [] : clitics;
    target.put(at, [...ne, infinitive, ...own].join(" "));
    return;
  }
  const present = verbForm(entry, { form: "present", person, count }) ?? entry.sr;
  const da = kind === "da" ? ["da"] : [];
  target.put(at, [...da, ...clitics, ...ne, present].join(" "));
}
