import type { Word } from "../analysis/sentence.ts";
import { nounAgreement, nounForm, type NounAgreement } from "../inflection/noun.ts";
import { pronounForm } from "../inflection/pronoun.ts";
import { adjectiveForm } from "../inflection/adjective.ts";
import type { Case, Count, Gender } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { nameEntry } from "../names/declension.ts";
import { chooseEntry } from "./choose-entry.ts";
import { entriesIn, type ClauseContext } from "./transfer-context.ts";

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
    (at > 0 && word.before.trim() === "" && word.capitals === "initial")
  );
}

function agreementFor(gender: Gender, count: Count, animate: boolean): NounAgreement {
  const agreement = { gender, count, animate };
  return { attribute: agreement, predicate: agreement, verbCount: count };
}

/** The entry for a noun; names and words that are not listed get one of their own. */
export function nounEntry(context: ClauseContext, at: number): LexiconEntry | undefined {
  const word = context.words[at];
  if (word === undefined) return undefined;
  const { reading } = word;
  const { lemmas, lexicon } = context;
  const named = isName(context.words, at);
  const entries = lexicon.entriesOf(reading.lemma, "n");
  const offered = named
    ? entries
    : entries.filter(({ use }) => use.every(({ kind }) => kind !== "name"));
  const chosen = chooseEntry(offered, {
    lemmas,
    plural: reading.count === "pl",
    isName: named && reading.name !== undefined,
  });
  if (chosen) return chosen;
  if (!named) context.unknown.add(at);
  return nameEntry(reading.lemma, reading);
}

function nounHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const entry = nounEntry(context, at);
  if (entry === undefined) return undefined;
  const agreement = nounAgreement(entry, count);
  return { agreement, form: (its) => nounForm(entry, its, count) };
}

/** Renders pronouns in their full forms; short ones are the clitics' business. */
function pronounHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const { lexicon, lemmas, words } = context;
  const reading = words[at]?.reading;
  if (reading === undefined) return undefined;
  const entry = chooseEntry(entriesIn(lexicon, reading.lemma, ["pron", "n", "a"]), { lemmas });
  if (entry === undefined) return undefined;
  const gender = reading.gender ?? GENDER_OF_PRONOUN[reading.lemma] ?? "m";
  return {
    agreement: agreementFor(gender, count, true),
    form: (its) => (entry.pos === "n" ? nounForm(entry, its, count) : pronounForm(entry, its)),
  };
}

/** An adjective that stands for a noun: bolesni, prvo. */
function adjectiveHead(context: ClauseContext, at: number, count: Count): TargetHead | undefined {
  const { lexicon, lemmas, words } = context;
  const reading = words[at]?.reading;
  if (reading === undefined) return undefined;
  const noun = chooseEntry(lexicon.entriesOf(reading.lemma, "n"), { lemmas });
  if (noun)
    return { agreement: nounAgreement(noun, count), form: (its) => nounForm(noun, its, count) };
  const gender = reading.gender ?? "m";
  const agreement = agreementFor(gender, count, true);
  const entry = chooseEntry(lexicon.entriesOf(reading.lemma, "a"), {
    lemmas,
    plural: count === "pl",
  });
  if (entry === undefined) return undefined;
  const degree = "positive";
  return {
    agreement,
    form: (its) =>
      adjectiveForm(entry, { ...agreement.attribute, case: its, definite: true, degree }),
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
