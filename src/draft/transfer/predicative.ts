import { adjectiveForm } from "../inflection/adjective.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { attributeEntry } from "./attributes.ts";
import { chooseEntry } from "./choose-entry.ts";
import type { InfinitiveKind } from "./infinitive.ts";
import { personOf, type KnownSubject } from "./subject.ts";
import { entriesIn, type ClauseContext, type SubjectFeatures } from "./transfer-context.ts";

/** A predicate that is no verb: холодно, готов, открыт, выше. */
export interface Predicative {
  readonly at: number;
  readonly text: string;
  readonly entry: LexiconEntry | undefined;
  readonly subject: SubjectFeatures;
  /** Who does what an infinitive beside it says: мне надо идти. */
  readonly control: SubjectFeatures | undefined;
  readonly infinitiveKind: InfinitiveKind;
  readonly negation: number | undefined;
}

const NOBODY: SubjectFeatures = {
  agreement: { gender: "n", count: "sg", animate: false },
  person: 3,
  count: "sg",
};

function predicativeEntry({ words, lexicon, lemmas, clause }: ClauseContext, at: number) {
  const form = words[at]?.form ?? "";
  const hasInfinitive = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "infinitive");
  const complements = hasInfinitive ? [{ preposition: undefined, case: "inf" as const }] : [];
  return chooseEntry(entriesIn(lexicon, form, ["pred", "adv"]), { lemmas, complements });
}

/** мне надо: the dative is who has to; it falls out, or becomes the subject. */
function experiencer(context: ClauseContext): SubjectFeatures | undefined {
  const { groups, words, target, done } = context;
  const group = groups.find(
    ({ case: its, preposition }) => its === "dat" && preposition === undefined,
  );
  const reading = group && words[group.head]?.reading;
  if (!reading || reading.pos !== "pronoun") return undefined;
  const [person, count] = personOf(reading);
  target.put(group.head, "");
  done.add(group.head);
  return { agreement: { gender: reading.gender ?? "m", count, animate: true }, person, count };
}

const asksForDa = (entry: LexiconEntry | undefined) =>
  entry?.use.some(
    (use) => use.kind === "government" && use.from === "inf" && use.to.case === "da",
  ) === true;

const isInflected = (pos: string | undefined) =>
  pos === "short-adjective" || pos === "short-participle" || pos === "comparative";

function negationAt({ words, clause }: ClauseContext, at: number): number | undefined {
  return at > clause.from && words[at - 1]?.form === "не" ? at - 1 : undefined;
}

/** Finds the predicate of a clause without a verb. */
export function predicativeIn(
  context: ClauseContext,
  known: KnownSubject | undefined,
): Predicative | undefined {
  const { words, clause, done } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const pos = words[at]?.reading.pos;
    if (done.has(at)) continue;
    const negation = negationAt(context, at);
    if (pos === "predicative") {
      const entry = predicativeEntry(context, at);
      const infinitiveKind = asksForDa(entry) ? "da" : "infinitive";
      const control = asksForDa(entry) ? experiencer(context) : undefined;
      const text = entry?.sr ?? "";
      return { at, text, entry, subject: NOBODY, control, infinitiveKind, negation };
    }
    if (isInflected(pos)) {
      const reading = words[at]?.reading;
      if (pos === "comparative" && known === undefined) continue;
      const { gender = "m", count = "sg" } = reading ?? {};
      const fallback = { agreement: { gender, count, animate: true }, person: 3, count } as const;
      const subject = known ?? fallback;
      return {
        at,
        text: "-",
        entry: undefined,
        subject,
        control: subject,
        infinitiveKind: "da",
        negation,
      };
    }
  }
  return undefined;
}

/** Writes short adjectives, short participles, comparatives and predicatives as predicates. */
export function putPredicatives(context: ClauseContext, subject: SubjectFeatures): void {
  const { words, clause, done, target } = context;
  for (let at = clause.from; at < clause.to; at += 1) {
    const reading = words[at]?.reading;
    if (!reading || done.has(at)) continue;
    if (reading.pos === "predicative") {
      const entry = predicativeEntry(context, at);
      if (!entry) continue;
      target.put(at, entry.sr);
      done.add(at);
    } else if (isInflected(reading.pos)) {
      const entry = attributeEntry(context, at, undefined);
      if (!entry) continue;
      const degree = reading.pos === "comparative" ? "comparative" : "positive";
      const features = { ...subject.agreement, case: "nom", definite: false, degree } as const;
      target.put(at, adjectiveForm(entry, features));
      done.add(at);
    }
  }
}
