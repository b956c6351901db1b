import type { Case, Count } from "../grammar.ts";

export type CaseForms = Readonly<Record<Case, string>>;

/** All forms of a noun. */
export type Declension = Readonly<Record<Count, CaseForms>>;

/** Principal parts of one word by their short names, as `LexiconEntry.parts`. */
export type Parts = Readonly<Record<string, string>>;

/**
 * The cases that a principal part settles. The nominative plural is not among them: the rules begin
 * with it, and the vocative may differ from it (`braća, braćo`).
 */
const SETTLED: readonly (readonly [part: string, count: Count, cases: readonly Case[]])[] = [
  ["gs", "sg", ["gen"]],
  ["ds", "sg", ["dat", "loc"]],
  ["as", "sg", ["acc"]],
  ["vs", "sg", ["voc"]],
  ["is", "sg", ["ins"]],
  ["ls", "sg", ["loc"]],
  ["gp", "pl", ["gen"]],
  ["dp", "pl", ["dat", "loc"]],
  ["ap", "pl", ["acc"]],
];

/** Puts the forms that the lexicon gives in place of those that the rules made. */
export function withGivenForms(declension: Declension, parts: Parts): Declension {
  const forms: Record<Count, Record<Case, string>> = {
    sg: { ...declension.sg },
    pl: { ...declension.pl },
  };
  for (const [part, count, cases] of SETTLED) {
    const form = parts[part];
    if (form === undefined) continue;
    for (const grammaticalCase of cases) forms[count][grammaticalCase] = form;
  }
  return forms;
}

/** Forms that differ in nothing but the case ending. */
export function formsOf(
  nom: string,
  gen: string,
  dat: string,
  acc: string,
  voc: string,
  ins: string,
): CaseForms {
  return { nom, gen, dat, acc, voc, ins, loc: dat };
}

/** A word that does not change. */
export function invariable(word: string): CaseForms {
  return formsOf(word, word, word, word, word, word);
}
