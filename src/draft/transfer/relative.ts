import { adjectiveForm } from "../inflection/adjective.ts";
import type { NounAgreement } from "../inflection/noun.ts";
import type { Case } from "../grammar.ts";
import type { Reading } from "../morphology/reading.ts";
import { governGroup, putGroup } from "./group-transfer.ts";
import { targetPreposition, withEuphony } from "./prepositions.ts";
import type { KnownSubject } from "./subject.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** A noun that a relative clause may describe. */
export interface Antecedent {
  readonly reading: Reading;
  readonly agreement: NounAgreement;
  /** Its case in Serbian. */
  readonly case: Case;
}

/** The nearest noun before that has the number and gender of который. */
function antecedentOf(
  antecedents: readonly Antecedent[],
  relative: Reading,
): Antecedent | undefined {
  return antecedents.findLast(
    ({ reading }) =>
      reading.count === relative.count &&
      (relative.count === "pl" || !reading.gender || reading.gender === relative.gender),
  );
}

/** на берегу которой -> na čijoj obali: behind a noun the genitive is whose. */
function putWhose(context: ClauseContext, at: number): boolean {
  const { words, groups, lexicon, target, done } = context;
  const group = groups.find(({ end }) => end === at - 1);
  const entry = lexicon.entriesOf("чей", "a")[0];
  const isGenitive = words[at]?.reading.case === "gen" && words[at - 1]?.reading.pos === "noun";
  const governed = isGenitive && group ? governGroup(context, group, []) : undefined;
  if (!governed || !group || !entry) return false;
  putGroup(context, governed);
  const place = { ...governed.head.agreement.attribute, case: governed.case } as const;
  const whose = adjectiveForm(entry, { ...place, definite: true, degree: "positive" });
  target.prepend(Math.min(group.head, ...group.attributes), whose);
  target.put(at, "");
  done.add(at);
  context.trace?.rule("whose stands before its noun", at);
  return true;
}

/**
 * дом, в котором я жил -> kuća u kojoj sam živeo: koji has the gender of the Serbian noun and the
 * case of its own clause.
 *
 * @returns the subject that it is, if it stands in the nominative.
 */
export function putRelative(
  context: ClauseContext,
  antecedents: readonly Antecedent[],
): KnownSubject | undefined {
  const { clause, words, lexicon, target, done, lemmas } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (reading?.lemma !== "который" || !reading.case || done.has(at)) continue;
    const entry = lexicon.entriesOf("который", "a")[0];
    if (entry === undefined) return undefined;
    const antecedent = antecedentOf(antecedents, reading);
    if (putWhose(context, at)) return undefined;
    const fallback = { gender: reading.gender ?? "m", count: reading.count ?? "sg", animate: true };
    const agreement = antecedent?.agreement.attribute ?? fallback;
    let its = reading.case;
    if (words[at - 1]?.reading.pos === "preposition" && at > clause.from) {
      const preposition = targetPreposition(context, at - 1, its, [], lemmas, {
        plural: agreement.count === "pl",
        isPerson: agreement.animate,
      });
      its = preposition.case;
      target.put(at - 1, withEuphony(preposition, "k"));
      done.add(at - 1);
    }
    target.put(
      at,
      adjectiveForm(entry, { ...agreement, case: its, definite: true, degree: "positive" }),
    );
    done.add(at);
    context.trace?.rule("koji has the gender of the Serbian noun", at);
    if (reading.case !== "nom") return undefined;
    const predicate = antecedent?.agreement.predicate ?? fallback;
    return {
      agreement: predicate,
      person: 3,
      count: antecedent?.agreement.verbCount ?? predicate.count,
      sourceCount: reading.count ?? "sg",
      sourceGender: reading.gender,
    };
  }
  return undefined;
}
