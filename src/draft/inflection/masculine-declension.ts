import { formsOf, type Declension, type Parts } from "./declension.ts";
import { declinePlural, pluralKind } from "./plural-declension.ts";
import { isSoft, palatalised, sibilarised, syllableCount } from "./sound-changes.ts";

/** Nouns of one syllable that take no -ov- in the plural: `dan` - `dani`. */
const SHORT_PLURALS: ReadonlySet<string> = new Set([
  "dan",
  "zub",
  "konj",
  "gost",
  "prst",
  "crv",
  "mrav",
  "pas",
  "Grk",
  "Srb",
]);

/**
 * Nominative plural: one syllable takes -ov-, after soft consonants -ev- (`gradovi`, `muževi`),
 * others sibilarise (`vojnici`).
 */
function nominativePlural(sr: string, stem: string): string {
  if (syllableCount(sr) > 1 || SHORT_PLURALS.has(sr)) return `${sibilarised(stem)}i`;
  return `${stem}${isSoft(stem) ? "ev" : "ov"}i`;
}

/** The e of the ending is avoided after an e: `padežom`, `ježom`, but `mesecem`, `prijateljem`. */
const AVOIDS_E = /e(?:[čćžšđ]|dž)$/u;

/** `gradom`, `mužem`, `padežom` */
function instrumental(stem: string): string {
  return isSoft(stem) && !AVOIDS_E.test(stem) ? `${stem}em` : `${stem}om`;
}

/** h, and k behind a palatal, which -e would change out of recognition: `siromahu`, `cvrčku`. */
const TAKES_U = /(?:h|[čćšž]k)$/u;
const VELAR = /[kg]$/u;

/**
 * Vocative: -u after soft consonants (`mužu`), else -e with palatalisation (`junače`, `otac` - `oče`);
 * short words for things in a velar have -u too (`parku`); those in a vowel keep their nominative (`Pavle`).
 */
function vocative(sr: string, stem: string, animate: boolean): string {
  if (/[aeiou]$/u.test(sr) && !/[ae]o$/u.test(sr)) return sr;
  if (stem.endsWith("c")) return `${palatalised(stem)}e`;
  const isShortThing = !animate && syllableCount(sr) === 1;
  if (TAKES_U.test(stem) || (isShortThing && VELAR.test(stem))) return `${stem}u`;
  // Vasilij - Vasilije
  if (stem.endsWith("ij")) return `${stem}e`;
  return isSoft(stem) ? `${stem}u` : `${palatalised(stem)}e`;
}

/** The -a of the genitive after a stem that had a fleeting a: `momak, momka` - `momaka`. */
function genitivePlural(sr: string, stem: string, plural: string): string | undefined {
  const hasFleetingA = /a(?:lj|nj|[^aeiou])$/u.test(sr) && sr !== stem;
  return hasFleetingA && plural === `${sibilarised(stem)}i` ? `${sr}a` : undefined;
}

/**
 * Masculine nouns in a consonant, -o or -e, by their genitive singular: `grad` - `grada`, `momak` -
 * `momka`, `deo` - `dela`.
 *
 * @param animate the accusative singular is like the genitive.
 */
export function declineMasculine(sr: string, parts: Parts, animate: boolean): Declension {
  const genitive = parts["gs"] ?? `${sr}a`;
  const stem = genitive.slice(0, -1);
  const plural = parts["np"] ?? nominativePlural(sr, stem);
  const pluralGenitive = parts["gp"] ?? genitivePlural(sr, stem, plural);
  return {
    sg: formsOf(
      sr,
      genitive,
      `${stem}u`,
      animate ? genitive : sr,
      vocative(sr, stem, animate),
      instrumental(stem),
    ),
    pl: declinePlural(pluralKind(plural, pluralGenitive, true), {
      nominative: plural,
      genitive: pluralGenitive,
      singularStem: stem,
    }),
  };
}
