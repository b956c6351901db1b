import type { Case } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";

const PARTS: Readonly<Record<Case, string>> = {
  nom: "",
  gen: "gs",
  dat: "ds",
  acc: "as",
  voc: "vs",
  ins: "is",
  loc: "ls",
};

const PLURAL_PARTS: Readonly<Record<Case, string>> = {
  nom: "np",
  gen: "gp",
  dat: "dp",
  acc: "ap",
  voc: "np",
  ins: "dp",
  loc: "dp",
};

/** Full form of a pronoun: meni, njega, čega. Words that are plural have their parts as plural ones. */
export function pronounForm({ sr, parts }: LexiconEntry, its: Case): string {
  const singular = parts[PARTS[its]];
  if (singular !== undefined) return singular;
  const plural = parts[PLURAL_PARTS[its]];
  if (plural !== undefined) return plural;
  return its === "loc" ? (parts["ds"] ?? sr) : sr;
}

const CLITIC_PARTS: Partial<Record<Case, string>> = { gen: "cl-g", dat: "cl-d", acc: "cl-a" };

/** Short form that leans on the first word of the clause: mi, ga, im; undefined if there is none. */
export function pronounClitic({ parts }: LexiconEntry, its: Case): string | undefined {
  const part = CLITIC_PARTS[its];
  return part === undefined ? undefined : parts[part];
}
