import type { Word } from "../analysis/sentence.ts";
import { nounAgreement, nounForm, type NounAgreement } from "../inflection/noun.ts";
import { pronounForm } from "../inflection/pronoun.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import type { Case, Count, Gender } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { nameEntry } from "../names/declension.ts";
import { bearerOf } from "./adjective-bearer.ts";
import { aloneEntry } from "./attributes.ts";
import { chooseFor, type Complement } from "./choose-entry.ts";
import { entriesIn, normalPreposition, type ClauseContext } from "./transfer-context.ts";

/** A head of a group in Serbian: its form by case, and what agrees with it. */
export interface TargetHead {
  readonly agreement: NounAgreement;
  form(its: Case): string;
}

const GENDER_OF_PRONOUN: Readonly<Record<string, Gender>> = {
  она: "f",
  оно: "n",
  это: "n",
  что: "n",
};

/**
 * A capitalised word that is read as a name, or stands inside a sentence. At the beginning of one it
 * counts as a name also when no dictionary knows it.
 */
export function isName(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || word.capitals === "none") return false;
  return (
    word.reading.name !== undefined ||
    !word.reading.known ||
    (at > 0 && word.before.trim() === "" && word.capitals === "initial")
  );
}

function agreementFor(gender: Gender, count: Count, animate: boolean): NounAgreement {
  const agreement = { gender, count, animate };
  return { attribute: agreement, predicate: agreement, verbCount: count };
}

/** подсудимая: of a woman optuženik is optuženica, radnik radnica. */
function forWoman(entry: LexiconEntry): LexiconEntry {
  const isMan = entry.class === "ma" && entry.sr.endsWith("ik");
  if (!isMan) return entry;
  const sr = entry.sr.replace(/ik$/u, "ica");
  return { ...entry, sr, class: "f", parts: { gs: sr.replace(/a$/u, "e") } };
}

/** участие в деле (učešće), тьма народу (mnoštvo): what follows a noun says which one is meant. */
function complementsBehind({ groups, words }: ClauseContext, at: number): readonly Complement[] {
  const next = groups.find(
    ({ preposition, numeral, attributes, head }) =>
      Math.min(preposition ?? head, numeral ?? head, ...attributes, head) === at + 1,
  );
  if (next === undefined) return [];
  const { preposition, case: its } = next;
  const form = preposition === undefined ? undefined : words[preposition]?.form;
  return [{ preposition: form === undefined ? undefined : normalPreposition(form), case: its }];
}

/** The entry for a noun; names and words that are not listed get one of their own. */
function nounEntry(context: ClauseContext, at: number): LexiconEntry | undefined {
  const word = context.words[at];
  if (word === undefined) return undefined;
  const { reading } = word;
  const { lexicon } = context;
  const named = isName(context.words, at);
  const entries = lexicon.entriesOf(reading.lemma, "n");
  const offered = named
    ? entries
    : entries.filter(({ use }) => use.every(({ kind }) => kind !== "name"));
  const chosen = chooseFor(context, at, offered, {
    plural: reading.count === "pl",
    complements: complementsBehind(context, at),
    isName: named && reading.name !== undefined,
  });
  if (chosen) return reading.gender === "f" ? forWoman(chosen) : chosen;
  if (!named) context.unknown.add(at);
  return nameEntry(reading.lemma, reading);
}

function nounHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const entry = nounEntry(context, at);
  if (entry === undefined) return undefined;
  // Of things alone: подсудимые stands without a singular in the dictionary, and is many persons.
  const { pluralOnly, animate } = context.words[at]?.reading ?? {};
  const isOne = (pluralOnly === true && animate !== true) || isCollective(entry);
  const said = isOne ? "sg" : count;
  return {
    agreement: nounAgreement(entry, said),
    form: (its) => nounForm(entry, its, said),
  };
}

/** cveće, lišće: a neuter that stands for a plural and has none of its own. */
function isCollective({ use, class: name, parts }: LexiconEntry): boolean {
  const hasPlural = parts["np"] !== undefined || parts["gp"] !== undefined;
  return name === "n" && !hasPlural && use.some(({ kind }) => kind === "plural");
}

/** Renders pronouns in their full forms; short ones are the clitics' business. */
function pronounHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const { lexicon, words } = context;
  const reading = words[at]?.reading;
  if (reading === undefined) return undefined;
  const entry = chooseFor(context, at, entriesIn(lexicon, reading.lemma, ["pron", "n", "a"]));
  if (entry === undefined) return undefined;
  const gender = reading.gender ?? GENDER_OF_PRONOUN[reading.lemma] ?? "m";
  return {
    agreement: agreementFor(gender, count, true),
    form: (its) => (entry.pos === "n" ? nounForm(entry, its, count) : pronounForm(entry, its)),
  };
}

/** он пьяный: beside a subject an adjective is a predicate, not a noun of its own. */
function isPredicateAdjective({ groups, words }: ClauseContext, at: number): boolean {
  const its = words[at]?.reading.case;
  const hasSubject = groups.some(
    (group) => group.head < at && group.case === "nom" && group.preposition === undefined,
  );
  return (its === "nom" || its === "ins") && hasSubject;
}

function formOfAlone(entry: LexiconEntry, { attribute }: NounAgreement, its: Case): string {
  return adjectiveForm(entry, { ...attribute, case: its, definite: false, degree: "positive" });
}

/** An adjective that stands for a noun: bolesni, prvo. */
function adjectiveHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const { lexicon, words } = context;
  const reading = words[at]?.reading;
  if (reading === undefined) return undefined;
  const bearer = bearerOf(context, at);
  const noun = bearer ? undefined : chooseFor(context, at, lexicon.entriesOf(reading.lemma, "n"));
  if (noun && !isPredicateAdjective(context, at))
    return { agreement: nounAgreement(noun, count), form: (its) => nounForm(noun, its, count) };
  const gender = reading.gender ?? "m";
  const agreement = agreementFor(gender, count, true);
  const alone = aloneEntry(context, at);
  if (alone) return { agreement, form: (its) => formOfAlone(alone, agreement, its) };
  const entry = chooseFor(context, at, lexicon.entriesOf(reading.lemma, "a"), {
    plural: count === "pl",
  });
  if (entry === undefined) return undefined;
  // Самое тяжёлое: najteže
  const isSuperlative = reading.superlative === true || words[at - 1]?.reading.lemma === "самый";
  const degree = isSuperlative ? "superlative" : "positive";
  const { agreement: borne = agreement.attribute, isDetached = false } = bearer ?? {};
  return {
    agreement,
    form: (its) => {
      const place = { ...borne, case: bearer?.case ?? its, degree } as const;
      return adjectiveForm(entry, { ...place, definite: !(isDetached && place.case === "nom") });
    },
  };
}

/** The head of a group at `at`; undefined if nothing is known of it. */
export function targetHead(
  context: ClauseContext,
  at: number,
  count: Count,
): TargetHead | undefined {
  const pos = context.words[at]?.reading.pos;
  if (pos === "pronoun") return pronounHead(context, at, count);
  if (pos === "adjective") return adjectiveHead(context, at, count);
  return pos === "noun" ? nounHead(context, at, count) : undefined;
}
