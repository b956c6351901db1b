import type { Case, Gender } from "../grammar.ts";
import { adjectiveForm } from "./adjective.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import { formsOf, type CaseForms } from "./declension.ts";
import { declineWord } from "./noun-declension.ts";

/** Numerals that decline. */
const DECLINED: Readonly<Record<string, CaseForms>> = {
  dva: formsOf("dva", "dvaju", "dvama", "dva", "dva", "dvama"),
  dve: formsOf("dve", "dveju", "dvema", "dve", "dve", "dvema"),
  oba: formsOf("oba", "obaju", "obama", "oba", "oba", "obama"),
  obe: formsOf("obe", "obeju", "obema", "obe", "obe", "obema"),
  tri: formsOf("tri", "triju", "trima", "tri", "tri", "trima"),
  četiri: formsOf("četiri", "četiriju", "četirima", "četiri", "četiri", "četirima"),
  dvoje: formsOf("dvoje", "dvoga", "dvoma", "dvoje", "dvoje", "dvoma"),
  oboje: formsOf("oboje", "oboga", "oboma", "oboje", "oboje", "oboma"),
  troje: formsOf("troje", "troga", "troma", "troje", "troje", "troma"),
};

/** Beside feminine nouns: `dve kuće`. */
const FEMININE: Readonly<Record<string, string>> = { dva: "dve", oba: "obe" };

/** Quantities that are nouns: `hiljada, hiljadu`, `dvojica, dvojice`, `polovina`. */
const QUANTITY_NOUN = /(?:hiljada|polovina|ica)$/u;

/** `jedan, jednog, jedna`: declines as an adjective. */
function formOfOne(entry: LexiconEntry, gender: Gender, its: Case): string {
  const adjective: LexiconEntry = { ...entry, class: "a", parts: { st: "jedn" } };
  const agreement = { gender, count: "sg", animate: false } as const;
  return adjectiveForm(adjective, {
    ...agreement,
    case: its,
    definite: false,
    degree: "positive",
  });
}

/**
 * Form of a cardinal or collective numeral. `jedan` is an adjective; `dva, oba, tri, četiri, dvoje,
 * oboje, troje` decline; quantities such as `hiljada` and `trojica` are nouns; from five on nothing
 * changes.
 *
 * Prose leaves `dva` to `četiri` uninflected after prepositions: ask for the nominative there.
 */
export function numeralForm(
  entry: LexiconEntry,
  features: { readonly gender: Gender; readonly case: Case },
): string {
  const { sr, parts } = entry;
  if (sr === "jedan") return formOfOne(entry, features.gender, features.case);
  if (QUANTITY_NOUN.test(sr)) return declineWord(sr, "f", parts).sg[features.case];
  const lemma = features.gender === "f" ? (FEMININE[sr] ?? parts["f"] ?? sr) : sr;
  return DECLINED[lemma]?.[features.case] ?? lemma;
}
