import type { Agreement, Case, Degree } from "../grammar.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import { activeParticipleEntry, passiveParticipleEntry } from "../inflection/participle.ts";
import { verbForm } from "../inflection/verb.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { unknownAdjectiveEntry } from "../names/declension.ts";
import type { Reading } from "../morphology/reading.ts";
import { chooseFor } from "./choose-entry.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/** ušavši: the past active participle, which Serbian hardly has, as an adjective that stays as it is. */
function pastParticipleEntry(verb: LexiconEntry): LexiconEntry | undefined {
  const participle = verbForm(verb, { form: "past-gerund" });
  if (participle === undefined) return undefined;
  return { ...verb, pos: "a", sr: participle, class: "inv", parts: {}, use: [] };
}

/** A participle is an adjective of the lexicon, or is made from its verb. */
function participleEntry(context: ClauseContext, at: number, reading: Reading) {
  const verb = verbEntry(context, at, []);
  const made =
    reading.voice === "passive"
      ? passiveParticipleEntry(verb)
      : reading.tense === "past"
        ? pastParticipleEntry(verb)
        : activeParticipleEntry(verb);
  return made ?? unknownAdjectiveEntry(context.words[at]?.form ?? "");
}

/** The entry that renders an adjective, a possessive, an ordinal or a participle. */
export function attributeEntry(
  context: ClauseContext,
  at: number,
  headLemma: string | undefined,
): LexiconEntry | undefined {
  const reading = context.words[at]?.reading;
  if (reading === undefined) return undefined;
  const lemmas = headLemma === undefined ? new Set<string>() : new Set([headLemma]);
  const entries = context.lexicon.entriesOf(reading.lemma, "a");
  const chosen = chooseFor(context, at, entries, { lemmas, plural: reading.count === "pl" });
  if (chosen) return chosen;
  if (reading.pos === "participle" || reading.pos === "short-participle") {
    return participleEntry(context, at, reading);
  }
  context.unknown.add(at);
  return unknownAdjectiveEntry(reading.lemma);
}

/**
 * An attribute in the form that its head asks for. Possessives have no definite form, and
 * what is said of the head behind it is a predicate: čovek siromašan.
 */
export function attributeForm(
  entry: LexiconEntry,
  agreement: Agreement,
  its: Case,
  degree: Degree = "positive",
  isTrailing = false,
): string {
  const definite = entry.class !== "poss" && !(isTrailing && its === "nom");
  return adjectiveForm(entry, { ...agreement, case: its, definite, degree });
}
