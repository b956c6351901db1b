import { formsOf, type Declension, type Parts } from "./declension.ts";
import { declinePlural, pluralKind } from "./plural-declension.ts";
import { isSoft, palatalised, sibilarised, syllableCount, withFleetingA } from "./sound-changes.ts";

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

/** The e of the ending is avoided after an e: `padežom`, `mesecom`, but `prijateljem`. */
const AVOIDS_E = /e(?:[cčćžšđ]|dž)$/u;

/** Their consonants were soft once. */
const ONCE_SOFT: ReadonlySet<string> = new Set(["put", "car"]);

/** `gradom`, `mužem`, `padežom`, `putem` */
function instrumental(stem: string): string {
  if (ONCE_SOFT.has(stem)) return `${stem}em`;
  return isSoft(stem) && !AVOIDS_E.test(stem) ? `${stem}em` : `${stem}om`;
}

/** h, and k behind a palatal, which -e would change out of recognition: `siromahu`, `cvrčku`. */
const TAKES_U = /(?:h|[čćšž]k)$/u;
const VELAR = /[kg]$/u;
/** Behind another consonant, as after a fleeting a: `poredak, poretk` - `poretku`. */
const VELAR_IN_CLUSTER = /[^aeiou][kg]$/u;
/** In titles of old z is palatalised too: `knez` - `kneže`; elsewhere it stays (`obraze`). */
const TITLE_IN_Z = /(?:knez|vitez)$/u;

function isAwkward(sr: string, stem: string): boolean {
  return VELAR_IN_CLUSTER.test(stem) || (VELAR.test(stem) && syllableCount(sr) === 1);
}

/**
 * Vocative: -u after soft consonants (`mužu`), else -e with palatalisation (`junače`, `otac` - `oče`);
 * things in a velar have -u too if they are short (`parku`) or end in a cluster (`mozgu`). Those in a
 * vowel keep their nominative (`Pavle`, `kakao`).
 */
function vocative(sr: string, stem: string, animate: boolean): string {
  const keepsNominative = /[aeiou]$/u.test(stem) || (/[aeiou]$/u.test(sr) && !/[ae]o$/u.test(sr));
  if (keepsNominative) return sr;
  if (stem.endsWith("c")) return `${palatalised(stem)}e`;
  if (TITLE_IN_Z.test(stem)) return `${stem.slice(0, -1)}že`;
  if (TAKES_U.test(stem) || (!animate && isAwkward(sr, stem))) return `${stem}u`;
  // Vasilij - Vasilije
  if (stem.endsWith("ij")) return `${stem}e`;
  return isSoft(stem) ? `${stem}u` : `${palatalised(stem)}e`;
}

/**
 * The -a of the genitive after a stem that had a fleeting a (`momak, momka` - `momaka`), or takes one
 * here alone (`debeljko, debeljci` - `debeljaka`).
 */
function genitivePlural(sr: string, stem: string, plural: string): string | undefined {
  if (sr.endsWith("ko") && plural.endsWith("ci")) return `${withFleetingA(stem)}a`;
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
