import type { Agreement, Case, Count } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { adjectiveForm } from "./adjective.ts";
import {
  feminineInI,
  indeclinable,
  masculine,
  neuter,
  nounInA,
  pluralOnly,
  type Paradigm,
  type Parts,
} from "./noun-declensions.ts";

/** What agrees with a noun: its attributes, its predicate, and the person ending of the verb. */
export interface NounAgreement {
  readonly attribute: Agreement;
  readonly predicate: Agreement;
  readonly verbCount: Count;
}

const DECLENSIONS: Readonly<Record<string, (lemma: string, parts: Parts) => Paradigm>> = {
  m: (lemma, parts) => masculine(lemma, parts, false),
  ma: (lemma, parts) => masculine(lemma, parts, true),
  "ma-a": nounInA,
  f: (lemma, parts) => (lemma.endsWith("a") ? nounInA(lemma, parts) : feminineInI(lemma, parts)),
  fi: feminineInI,
  n: neuter,
  "pl-m": (lemma, parts) => pluralOnly(lemma, parts, "m"),
  "pl-f": (lemma, parts) => pluralOnly(lemma, parts, "f"),
  "pl-n": (lemma, parts) => pluralOnly(lemma, parts, "n"),
};

function paradigmOf(lemma: string, inflection: string, parts: Parts): Paradigm {
  return (DECLENSIONS[inflection] ?? indeclinable)(lemma, parts);
}

const GENDERS: Readonly<Record<string, Agreement["gender"]>> = {
  f: "f",
  fi: "f",
  n: "n",
  "pl-f": "f",
  "pl-n": "n",
};

const COLLECTIVE = /^(?:deca|braća|gospoda|vlastela)$|ad$/u;

/** Whether the plural is a collective such as deca or dugmad. */
function isCollective({ parts, class: inflection }: LexiconEntry): boolean {
  const nom = parts["np"];
  return nom !== undefined && COLLECTIVE.test(nom) && inflection !== "m";
}

/**
 * What depends on the noun agrees with this: mala deca su došla, vrata su se otvorila, moj tata.
 *
 * @param count the number that is meant; nouns that are only plural are always plural.
 */
export function nounAgreement(entry: LexiconEntry, count: Count): NounAgreement {
  const gender = GENDERS[entry.class] ?? "m";
  const animate = entry.class === "ma" || entry.class === "ma-a";
  const real = entry.class.startsWith("pl-") ? "pl" : count;
  if (real === "pl" && isCollective(entry)) {
    return {
      attribute: { gender: "f", count: "sg", animate: false },
      predicate: { gender: "n", count: "pl", animate: false },
      verbCount: "pl",
    };
  }
  const agreement = { gender, count: real, animate };
  return { attribute: agreement, predicate: agreement, verbCount: real };
}

/** Where in an expression of several words its noun stands: the word that `gs` or `np` declines. */
function headIndex(words: readonly string[], { gs, np }: Parts): number {
  const part = gs ?? np;
  if (part === undefined || part.includes(" ")) {
    const declined = part?.split(" ") ?? [];
    const changed = words.findLastIndex(
      (word, at) => declined[at] !== undefined && declined[at] !== word,
    );
    return Math.max(changed, 0);
  }
  const likest = words.findIndex((word) => word.slice(0, 2) === part.slice(0, 2));
  return Math.max(likest, 0);
}

/** Parts of one word of an expression. */
function partsAt(parts: Parts, at: number, words: number): Parts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, form]) => {
      const forms = form.split(" ");
      return [name, forms.length === words ? (forms[at] ?? form) : form];
    }),
  );
}

const ATTRIBUTE = /[ioea]$/u;

/** An attribute inside an expression: its ending tells the stem. */
function attributeForm(word: string, entry: LexiconEntry, its: Case, count: Count): string {
  if (!ATTRIBUTE.test(word)) return word;
  const stem = word.slice(0, -1);
  const adjective: LexiconEntry = {
    ...entry,
    pos: "a",
    sr: `${stem}i`,
    class: "a",
    parts: { st: stem },
  };
  const { attribute } = nounAgreement(entry, count);
  return adjectiveForm(adjective, { ...attribute, case: its, definite: true, degree: "positive" });
}

/** spavaća soba: both decline; ležaj od dasaka: only the noun; the words after it stay. */
function expressionForm(entry: LexiconEntry, its: Case, count: Count): string {
  const words = entry.sr.split(" ");
  const head = headIndex(words, entry.parts);
  return words
    .map((word, at) => {
      if (at > head) return word;
      if (at < head) return attributeForm(word, entry, its, count);
      const parts = partsAt(entry.parts, at, words.length);
      return paradigmOf(word, entry.class, parts)[count][its];
    })
    .join(" ");
}

/** Form of a noun, or of an expression whose head is a noun. */
export function nounForm(entry: LexiconEntry, its: Case, count: Count): string {
  if (entry.sr.includes(" ")) return expressionForm(entry, its, count);
  return paradigmOf(entry.sr, entry.class, entry.parts)[count][its];
}
