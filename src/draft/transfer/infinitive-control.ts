import type { LexiconEntry } from "../lexicon/entry.ts";
import { CliticCluster } from "./clitic-cluster.ts";
import { putInfinitive, type InfinitiveKind } from "./infinitive.ts";
import { personOf } from "./subject.ts";
import type { ClauseContext, SubjectFeatures } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

export interface InfinitiveToPut {
  readonly at: number;
  readonly entry: LexiconEntry;
  readonly cluster: CliticCluster;
}

/** Who does what the infinitive says, and how it is put. */
export interface Control {
  readonly subject: SubjectFeatures | undefined;
  readonly kind: InfinitiveKind;
  /** Clitics of the clause: those of a bare infinitive join them, and one se serves both. */
  readonly clauseCluster: CliticCluster;
}

/** Verbs whose object, not whose subject, does what the infinitive says: велел ему идти. */
export const OBJECT_CONTROL: ReadonlySet<string> = new Set(
  (
    "просить попросить велеть приказать приказывать позволить позволять заставить заставлять " +
    "советовать посоветовать помочь помогать разрешить разрешать учить научить предложить " +
    "предлагать дать давать запретить запрещать поручить мешать помешать уговорить умолять"
  ).split(" "),
);

export function infinitivesIn(context: ClauseContext): InfinitiveToPut[] {
  const found: InfinitiveToPut[] = [];
  for (let at = context.clause.from; at < context.clause.to; at += 1) {
    if (context.words[at]?.reading.pos !== "infinitive" || context.done.has(at)) continue;
    found.push({ at, entry: verbEntry(context, at, []), cluster: new CliticCluster() });
  }
  return found;
}

/** The object that is made to act: a dative or accusative of a person before the infinitive. */
function controllingObject(
  { groups, words }: ClauseContext,
  infinitive: number,
): SubjectFeatures | undefined {
  const group = groups.findLast(
    ({ head, case: its, preposition }) =>
      preposition === undefined &&
      head < infinitive &&
      (its === "dat" || its === "acc") &&
      (words[head]?.reading.pos === "pronoun" || words[head]?.reading.animate === true),
  );
  const reading = group && words[group.head]?.reading;
  if (!reading) return undefined;
  const [person, count] = personOf(reading);
  const gender = reading.gender ?? "m";
  return { agreement: { gender, count, animate: true }, person, count };
}

/** Whether a word of the clause, such as može se, holds a se already. */
function hasSe({ clause, target }: ClauseContext): boolean {
  for (let at = clause.from; at < clause.to; at += 1) {
    if (target.wordsAt(at).includes("se")) return true;
  }
  return false;
}

/** Writes the infinitives of a clause. @param governor lemma of the finite verb. */
export function putInfinitives(
  context: ClauseContext,
  infinitives: readonly InfinitiveToPut[],
  { subject, kind, clauseCluster }: Control,
  governor: string | undefined,
): void {
  const saysSe = hasSe(context) || clauseCluster.reflexive;
  for (const [turn, { at, entry, cluster: own }] of infinitives.entries()) {
    // Of several infinitives the first one leans on the auxiliary.
    const isBare = kind === "bare" && turn === 0;
    const cluster = isBare ? clauseCluster : own;
    const object =
      governor !== undefined && OBJECT_CONTROL.has(governor)
        ? controllingObject(context, at)
        : undefined;
    if (object) context.trace?.rule("the object of ordering does what the infinitive says", at);
    const actor = object ?? subject;
    const asked = kind === "bare" && !isBare ? "infinitive" : kind;
    const said = actor === undefined && !isBare ? "infinitive" : asked;
    const nobody = {
      agreement: { gender: "m", count: "sg", animate: true },
      person: 3,
      count: "sg",
    } as const;
    // može se ići: one se serves the predicative and its infinitive.
    const plain = said === "infinitive" && saysSe ? { ...entry, reflexive: false } : entry;
    putInfinitive(context, at, plain, said, actor ?? nobody, cluster);
  }
}
