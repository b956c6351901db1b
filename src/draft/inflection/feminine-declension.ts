import { formsOf, type CaseForms, type Declension, type Parts } from "./declension.ts";
import { declinePlural, pluralKind } from "./plural-declension.ts";
import { jotated, sibilarised, syllableCount } from "./sound-changes.ts";

/** Velars in these clusters stay before -i: `tačka` - `tački`, `mazga` - `mazgi`. */
const KEEPS_VELAR = /(?:[cčćtzhk]k|[zh]g|hh)$/u;

/** `ruka` - `ruci`, `mačka` - `mački` */
function dativeEnding(stem: string): string {
  return `${KEEPS_VELAR.test(stem) ? stem : sibilarised(stem)}i`;
}

/** `ženo`, but -ica of three syllables has -e: `učiteljice`. */
function vocative(sr: string, stem: string): string {
  return sr.endsWith("ica") && syllableCount(sr) > 2 ? `${stem}e` : `${stem}o`;
}

function singularInA(sr: string, stem: string): CaseForms {
  const dative = dativeEnding(stem);
  return formsOf(sr, `${stem}e`, dative, `${stem}u`, vocative(sr, stem), `${stem}om`);
}

/**
 * Nouns in -a, feminine (`žena`) or masculine (`sudija`, `egoista` with the plural `egoisti`).
 */
export function declineInA(sr: string, parts: Parts): Declension {
  const stem = (parts["gs"] ?? `${sr.slice(0, -1)}e`).slice(0, -1);
  const nominative = parts["np"] ?? `${stem}e`;
  const genitive = parts["gp"];
  const kind = pluralKind(nominative, genitive, nominative.endsWith("i"));
  return {
    sg: singularInA(sr, stem),
    pl: declinePlural(kind, { nominative, genitive, singularStem: stem }),
  };
}

/** `stvar` - `stvari`; -u with jotation where the stem allows: `mladost` - `mladošću`, `ljubavlju`. */
function instrumentalInI(stem: string): string {
  return /[tdbpmvnl]$/u.test(stem) && !stem.endsWith("št") ? `${jotated(stem)}u` : `${stem}i`;
}

/** Feminine nouns in a consonant: `stvar`, `misao` - `misli`, `kći` - `kćeri`. */
export function declineInI(sr: string, parts: Parts): Declension {
  const stem = (parts["gs"] ?? `${sr}i`).slice(0, -1);
  const oblique = `${stem}i`;
  // kći is the only one whose nominative ends in -i: kćer
  const accusative = sr.endsWith("i") ? stem : sr;
  return {
    sg: formsOf(sr, oblique, oblique, accusative, oblique, instrumentalInI(stem)),
    pl: declinePlural("i-stem", { nominative: parts["np"] ?? oblique, genitive: parts["gp"] }),
  };
}
