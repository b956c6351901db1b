import type { Case, Gender } from "../grammar.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";

const DVA: Readonly<Record<string, Partial<Record<Case, string>>>> = {
  dve: { nom: "dve", gen: "dveju", dat: "dvema", acc: "dve", ins: "dvema", loc: "dvema" },
  obe: { nom: "obe", gen: "obeju", dat: "obema", acc: "obe", ins: "obema", loc: "obema" },
};

/** dva, dve; oba, obe; the others do not change in the prose of today. */
export function numeralForm({ sr, parts }: LexiconEntry, gender: Gender, its: Case): string {
  const feminine = gender === "f" ? parts["f"] : undefined;
  if (feminine === undefined) return sr;
  return DVA[feminine]?.[its] ?? feminine;
}
