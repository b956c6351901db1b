import type { Agreement, Case, Degree } from "../grammar.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import { activeParticipleEntry, passiveParticipleEntry } from "../inflection/participle.ts";
import { verbForm } from "../inflection/verb.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { unknownAdjectiveEntry } from "../names/declension.ts";
import { possessiveEntry } from "../names/name-possessives.ts";
import type { Reading } from "../morphology/reading.ts";
import { isName } from "./nouns.ts";
import { chooseFor } from "./choose-entry.ts";
import type { ClauseContext } from "./transfer-context.ts";
import { verbEntry } from "./verbs.ts";

/** опавшие листья -> opalo lišće: the l-participle as an adjective. */
function lParticipleEntry(verb: LexiconEntry): LexiconEntry | undefined {
  const sr = verbForm(verb, { form: "l-participle", gender: "m", count: "sg" });
  const feminine = verbForm(verb, { form: "l-participle", gender: "f", count: "sg" });
  if (sr === undefined || feminine === undefined) return undefined;
  const parts = { st: feminine.replace(/a$/u, "") };
  return { ...verb, pos: "a", sr, reflexive: false, class: "a", parts, use: [] };
}

/** ушедшая молодость (otišla), сидевший старик (sedeći). */
function pastParticipleEntry(verb: LexiconEntry): LexiconEntry | undefined {
  // изменившееся лицо (promenjeno): what has happened to itself has been done.
  const isDone = verb.reflexive && verb.class === "pf";
  const done = isDone ? passiveParticipleEntry({ ...verb, reflexive: false }) : undefined;
  if (done) return done;
  return activeParticipleEntry(verb) ?? lParticipleEntry(verb);
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

/**
 * он живёт один -> živi sam: without a noun of its own, and beside a subject or in the case of an
 * experiencer, один is alone. Один сказал, другой: one of two.
 */
export function aloneEntry(
  { words, lexicon, groups, clause }: ClauseContext,
  at: number,
): LexiconEntry | undefined {
  if (words[at]?.reading.lemma !== "один") return undefined;
  const isHead = groups.some(({ head }) => head === at);
  if (!isHead || words[at + 1]?.form === "из") return undefined;
  if (words.some(({ reading }) => reading.lemma === "другой")) return undefined;
  const hasSubject = groups.some(
    ({ head, case: its, preposition }) =>
      head !== at && preposition === undefined && (its === "nom" || its === "dat"),
  );
  const showsPerson = words
    .slice(clause.from, clause.to)
    .some(({ reading }) => reading.pos === "gerund" || (reading.person ?? 3) < 3);
  if (!hasSubject && !showsPerson) return undefined;
  return lexicon
    .entriesOf("один", "a")
    .find(({ use }) =>
      use.some((selector) => selector.kind === "sense" && selector.gloss === "alone"),
    );
}

const STREETS = /^(?:улица|переулок|проспект)$/u;
/** Names of streets that speak for themselves: Большая улица. */
const SPEAKING = /^(?:большой|малый|новый|старый|главный|длинный|верхний|нижний|широкий|узкий)$/u;

/** Whether the adjective names a street, as in Гороховая улица. */
const isOfStreet = ({ words }: ClauseContext, at: number) =>
  STREETS.test(words[at + 1]?.reading.lemma ?? "") &&
  !SPEAKING.test(words[at]?.reading.lemma ?? "");

/** The entry that renders an adjective, a possessive, an ordinal or a participle. */
export function attributeEntry(
  context: ClauseContext,
  at: number,
  headLemma: string | undefined,
): LexiconEntry | undefined {
  const reading = context.words[at]?.reading;
  if (reading === undefined) return undefined;
  const alone = aloneEntry(context, at);
  if (alone) return alone;
  const lemmas = headLemma === undefined ? new Set<string>() : new Set([headLemma]);
  const entries = context.lexicon.entriesOf(reading.lemma, "a");
  const chosen = chooseFor(context, at, entries, { lemmas, plural: reading.count === "pl" });
  // Гороховая улица: what a name is made from is not said.
  const isNamed =
    isName(context.words, at) && (chosen?.sr.includes(" ") === true || isOfStreet(context, at));
  if (isNamed) return unknownAdjectiveEntry(reading.lemma);
  if (chosen) return chosen;
  if (reading.pos === "participle" || reading.pos === "short-participle") {
    return participleEntry(context, at, reading);
  }
  const possessive = possessiveEntry(context.lexicon, reading.lemma);
  if (possessive) return possessive;
  context.unknown.add(at);
  return unknownAdjectiveEntry(reading.lemma);
}

/**
 * An attribute in the form that its head asks for. Possessives have no definite form.
 *
 * @param isIndefinite čovek siromašan, on je dobar čovek, imam slab glas.
 */
export function attributeForm(
  entry: LexiconEntry,
  agreement: Agreement,
  its: Case,
  degree: Degree = "positive",
  isIndefinite = false,
): string {
  const definite = entry.class !== "poss" && !isIndefinite;
  return adjectiveForm(entry, { ...agreement, case: its, definite, degree });
}
