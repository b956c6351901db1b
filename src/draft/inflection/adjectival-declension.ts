import type { Case, Count, Gender } from "../grammar.ts";
import { withAdjectiveEnding } from "./adjective-endings.ts";
import { formsOf, type CaseForms, type Declension } from "./declension.ts";

/** A noun that was an adjective: gender, and the accusative of what lives. */
export interface AdjectivalNoun {
  readonly gender: Gender;
  readonly animate: boolean;
}

/**
 * Nouns that decline as definite adjectives: `dežurni` - `dežurnog`, `slatko` - `slatkog`, `Engleska`
 * - `Engleskoj`. Their nominative is the vocative too.
 */
export function declineAdjectival(sr: string, stem: string, noun: AdjectivalNoun): Declension {
  const formsIn = (count: Count): CaseForms => {
    const at = (its: Case) => withAdjectiveEnding(stem, { ...noun, count, case: its });
    const nominative = count === "sg" ? sr : at("nom");
    const accusative = at("acc") === at("nom") ? nominative : at("acc");
    return formsOf(nominative, at("gen"), at("dat"), accusative, nominative, at("ins"));
  };
  return { sg: formsIn("sg"), pl: formsIn("pl") };
}
